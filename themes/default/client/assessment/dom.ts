// Elements, made one by one: no text is ever parsed as HTML. What a page has ready, it
// marks with data-slot, to be filled in, or holds in a <template>, to be copied.
export type Attributes = Record<string, string | number | undefined>
export type Child = Node | string | number | undefined | false | Child[] | Attributes

function add<T extends Element>(to: T, children: Child[]): T {
  for (const child of children) {
    if (Array.isArray(child)) add(to, child)
    else if (child instanceof Node) to.append(child)
    else if (typeof child === 'string' || typeof child === 'number') to.append(String(child))
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

export function replace(element: Element, ...children: Child[]): void {
  element.textContent = ''
  add(element, children)
}

// Changes only what differs: a page is laid out again for each change.
export function write(element: Element, text: string): void { if (element.textContent !== text) element.textContent = text }

export const slot = (name: string): HTMLElement => document.querySelector(`[data-slot=${name}]`)!

// What the reader is asked above the questions, if it is still to be decided.
export const due = (): Element | null => slot('notice').querySelector('.alert:has(button)')

// A copy of what a <template> of the page holds, with its slots filled in: one that gets
// nothing is left out, and one that is true stays as it is.
export function copy(id: string, slots: Record<string, Child | boolean> = {}): DocumentFragment | undefined {
  const made = (document.getElementById(id) as HTMLTemplateElement | null)?.content.cloneNode(true) as DocumentFragment | undefined
  for (const [name, child] of Object.entries(slots)) {
    const at = made?.querySelector(`[data-slot=${name}]`)
    if (!child) at?.remove()
    else if (at && child !== true) add(at, [child])
  }
  return made
}
