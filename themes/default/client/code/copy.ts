// A button to copy a block of code, in its title line or in the corner. It is made here
// and not in the template, for it would do nothing without this script.
export function attachCopy(blocks: HTMLPreElement[]): void {
  if (!navigator.clipboard) return
  const { copy = '', copied = '', notCopied = '' } = document.body.dataset
  for (const block of blocks) {
    const figure = block.parentElement!, caption = figure.querySelector('figcaption')
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button quiet tiny'
    button.textContent = copy
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(textOf(block)).then(
        () => { button.textContent = copied },
        () => { button.textContent = notCopied },
      )
    })
    if (caption) caption.append(' ', button)
    else figure.prepend(button)
  }
}

// The code as it is to be: without the lines that are marked as removed.
function textOf(block: HTMLPreElement): string {
  const lines = [...(block.querySelector('code') ?? block).childNodes]
  return lines.filter((node) => node.nodeName !== 'DEL').map((node) => node.textContent).join('')
}
