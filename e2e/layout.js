// What a ruler can tell of a page. These functions run in the page.

/** Elements that reach past the window's edge, and so make the page scroll sideways. */
export function overflowing() {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const found = []
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('.scroll, pre, .hidden, .skip') || !element.checkVisibility()) continue
    const box = element.getBoundingClientRect()
    if (box.right > room + 1 || box.left < -1) {
      found.push(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${room}: ${element.textContent.trim().slice(0, 40)}`)
    }
  }
  return [`the page is ${document.documentElement.scrollWidth} wide where ${room} are`, ...found.slice(-3)]
}

/**
 * Pairs that lie upon one another: lines of text of different blocks, controls and
 * images. Each line counts with the middle half of its height, for the boxes of
 * lines that are closely set overlap where no letter does.
 */
export function overlapping() {
  const boxes = []
  const add = (rect, owner, text) => {
    if (rect.width > 1 && rect.height > 1) {
      boxes.push({ left: rect.left + 1, right: rect.right - 1, top: rect.top + rect.height / 4, bottom: rect.bottom - rect.height / 4, owner, text })
    }
  }
  const blockOf = (element) => {
    while (getComputedStyle(element).display.startsWith('inline') && !element.matches('button')) element = element.parentElement
    return element
  }
  // What a region that scrolls does not show lies under nothing.
  const seen = (rect, element) => {
    const region = element.closest('.scroll, pre')?.getBoundingClientRect()
    return !region || (rect.right <= region.right + 1 && rect.left >= region.left - 1 && rect.bottom <= region.bottom + 1 && rect.top >= region.top - 1)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
    // A button that shows itself under the pointer lies upon nothing before.
    if (element.closest('.hidden, .skip, thead, script, style, desc, title, symbol') || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.data.trim()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) if (seen(rect, element)) add(rect, blockOf(element), node.data.trim().slice(0, 40))
    } else if (element.matches('input, button, img, picture, svg.mark, textarea, select')) {
      const rect = element.getBoundingClientRect()
      if (seen(rect, element)) add(rect, element, `<${element.tagName.toLowerCase()}>`)
    }
  }
  boxes.sort((a, b) => a.top - b.top)
  const found = []
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom; j++) {
      const a = boxes[i], b = boxes[j]
      if (a.owner === b.owner) continue
      if (a.left < b.right && b.left < a.right) found.push(`“${a.text}” and “${b.text}” overlap at ${Math.round(a.left)},${Math.round(a.top)}`)
    }
  }
  return found.slice(0, 5)
}

/** Lines of text that are cut off by the box they stand in. */
export function clipped() {
  const found = []
  for (const element of document.body.querySelectorAll('main *, header *, footer *')) {
    if (element.closest('.hidden, .scroll, pre, svg, .skip') || !element.checkVisibility()) continue
    const style = getComputedStyle(element)
    if (style.overflowX === 'visible' || style.display.startsWith('inline')) continue
    if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.tagName.toLowerCase()}.${element.className} cuts off “${element.textContent.trim().slice(0, 40)}”`)
  }
  return found
}
