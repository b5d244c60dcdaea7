// The key / leads to the search page, unless something is being typed.
export function attachSearchKey(): void {
  const link = document.getElementById('search-link')
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !link) return
    if (target instanceof Element && target.closest('input, select, textarea, [contenteditable]')) return
    event.preventDefault()
    link.click()
  })
}
