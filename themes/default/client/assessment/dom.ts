// Elements, made one by one: no text is ever parsed as HTML. What a page has ready, it
// marks with data-slot, to be filled in, or holds in a <template>, to be copied.
export type Attributes = Record<string, string | number | undefined>
export type Child = Node | string | undefined | false | Child[] | Attributes

function add<T extends Element>(to: T, children: Child[]): T {
  for (const child of children) {
    if (Array.isArray(child)) add(to, child)
    else if (child instanceof Node || typeof child === 'string') to.append(child)
    else if (child) for (const [name, value] of Object.entries(child)) if (value !== undefined) to.setAttribute(name, String(value))
  }
  return to
}

// An element: h('p.hint', { id: 'x' }, 'Text', h('b', 'more')). Attributes may stand
// among the children.
export function h(name: string, ...children: Child[]): HTMLElement {
  const [tag, ...classes] = name.split('.'), element = document.createElement(tag!)
  if (classes.length > 0) element.className = classes.join(' ')
  return add(element, children)
}

// The page's own pictures know the name of their language, which is an address: no
// address stands in the client, so that a test can see that it asks no other host.
export const svg = (tag: string, ...children: Child[]): Element =>
  add(document.createElementNS(document.querySelector('svg')!.namespaceURI, tag), children)

export function replace(element: Element, ...children: Child[]): void {
  element.textContent = ''
  add(element, children)
}

// Changes only what differs: a page is laid out again for each change.
export function write(element: Element, text: string): void { if (element.textContent !== text) element.textContent = text }

export const slot = (name: string): HTMLElement => document.querySelector(`[data-slot=${name}]`)!

// A copy of what a <template> of the page holds.
export const copy = (id: string): DocumentFragment | undefined =>
  (document.getElementById(id) as HTMLTemplateElement | null)?.content.cloneNode(true) as DocumentFragment | undefined
