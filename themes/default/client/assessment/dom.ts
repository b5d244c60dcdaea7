// Elements, made one by one: no text is ever parsed as HTML.
export type Child = Node | string | undefined | false | Child[]
export type Attributes = Record<string, string | number | undefined>

function fill<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value))
  add(element, children)
  return element
}

function add(to: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(to, child)
    else if (child) to.append(child)
  }
}

export const h = (tag: string, attributes: Attributes, ...children: Child[]): HTMLElement => fill(document.createElement(tag), attributes, children)

// The page's own pictures know the name of their language, which is an address: no
// address stands in the client, so that a test can see that it asks no other host.
export const svg = (tag: string, attributes: Attributes, ...children: Child[]): Element =>
  fill(document.createElementNS(document.querySelector('svg')!.namespaceURI, tag), attributes, children)

export const replace = (element: Element, ...children: Child[]): void => {
  element.textContent = ''
  add(element, children)
}
