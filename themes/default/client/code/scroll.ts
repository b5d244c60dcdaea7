// What can be scrolled must be reached by keyboard; what cannot should be no stop on the
// way. Which of them a block is changes with the width of the window.
export function attachScroll(blocks: HTMLPreElement[]): void {
  const look = (block: HTMLElement) => {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0
    else if (block !== document.activeElement) block.removeAttribute('tabindex')
  }
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => look(entry.target as HTMLElement)))
  for (const block of blocks) watch.observe(block)
}
