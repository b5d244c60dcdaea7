// What can be scrolled must be reached by keyboard; what cannot should be no stop on the
// way. Which of them a block is changes with the width of the window.
export function attachScroll(blocks: HTMLPreElement[]): void {
  const look = (block: HTMLElement) => {
    if (block.scrollWidth > block.clientWidth || block.scrollHeight > block.clientHeight) block.tabIndex = 0
    else if (block !== document.activeElement) block.removeAttribute('tabindex')
  }
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => look(target.closest('pre')!)))
  // What stands in it may grow as well: a path's files are made with the reader's words.
  for (const block of blocks) for (const box of [block, ...block.children]) watch.observe(box)
}
