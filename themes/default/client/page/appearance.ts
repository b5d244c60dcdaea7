// The choice of light or dark in the footer works by style alone. This remembers
// it, in this browser only.
const key = 'cairn-appearance'
type Appearance = 'system' | 'light' | 'dark'

function isAppearance(value: unknown): value is Appearance {
  return value === 'system' || value === 'light' || value === 'dark'
}

// Storage may be absent, full or forbidden; then the choice lasts as long as the page.
function read(): Appearance {
  try {
    const value = window.localStorage.getItem(key)
    return isAppearance(value) ? value : 'system'
  } catch {
    return 'system'
  }
}

function write(value: Appearance): void {
  try {
    if (value === 'system') window.localStorage.removeItem(key)
    else window.localStorage.setItem(key, value)
  } catch {
    // nothing to do: the page already shows what was chosen
  }
}

function show(value: Appearance): void {
  if (value === 'system') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.setAttribute('data-theme', value)
}

export function restoreAppearance(): void {
  show(read())
}

export function attachAppearance(): void {
  for (const value of ['system', 'light', 'dark'] as const) {
    const button = document.getElementById('theme-' + value)
    if (!(button instanceof HTMLInputElement)) continue
    button.checked = read() === value
    button.addEventListener('change', () => {
      write(value)
      show(value)
    })
  }
}
