// The choice of light or dark in the footer works by style alone. This remembers
// it, in this browser only. Storage may be absent, full or forbidden; then the choice
// lasts as long as the page.
const key = 'cairn-appearance'

function read(): string {
  try {
    const value = localStorage.getItem(key)
    if (value === 'light' || value === 'dark') return value
  } catch { /* as if nothing was chosen */ }
  return 'system'
}

const show = (value: string): void => { document.documentElement.dataset.theme = value }

export function restoreAppearance(): void { show(read()) }

export function attachAppearance(): void {
  for (const value of ['system', 'light', 'dark']) {
    const button = document.getElementById('theme-' + value)
    if (!(button instanceof HTMLInputElement)) continue
    button.checked = read() === value
    button.addEventListener('change', () => {
      show(value)
      try {
        if (value === 'system') localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch { /* the page shows it all the same */ }
    })
  }
}
