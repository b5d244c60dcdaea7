// A button to copy each block of code that has a title line. It is made here and
// not in the template, for it would do nothing without this script.
export function attachCopy(): void {
  if (!navigator.clipboard) return
  for (const caption of document.querySelectorAll('figure.code > figcaption')) {
    const code = caption.parentElement?.querySelector('pre code')
    if (!code) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button quiet tiny'
    button.textContent = 'Copy'
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(code.textContent ?? '').then(
        () => { button.textContent = 'Copied' },
        () => { button.textContent = 'Not copied' },
      )
    })
    caption.append(' ', button)
  }
}
