// The script of the page on privacy: what this browser keeps of this site, and forgetting it.
import { prefix } from './answers/store'

// Other sites may share the host, and so the storage. This script stands one folder below
// the root of its site, and what is kept under an address names the whole of it.
const root = new URL('..', (document.currentScript as HTMLScriptElement).src).pathname
const box = document.querySelector<HTMLElement>('[data-slot=here]')!
const line = box.querySelector('p')!, list = box.querySelector('ul')!, all = box.querySelector<HTMLButtonElement>(':scope > .row .button')!

const isOurs = (key: string): boolean => key === 'cairn-appearance' || /^cairn-[a-z]+ /.test(key) && key.slice(key.indexOf(' ') + 1).startsWith(root)
const isAnswers = (key: string): boolean => key.startsWith(prefix)
const keys = (): string[] => Object.keys(window.localStorage).filter(isOurs).sort()

function forget(which: (key: string) => boolean): void {
  let failed = false
  for (const key of keys().filter(which)) {
    try {
      window.localStorage.removeItem(key)
    } catch { /* seen below */ }
    failed ||= window.localStorage.getItem(key) !== null
  }
  show(failed)
}

function show(failed = false): void {
  box.hidden = false
  list.textContent = ''
  let kept: string[] = []
  try {
    kept = keys()
    line.textContent = line.dataset[failed ? 'failed' : kept.length > 0 ? 'some' : 'none']!
  } catch {
    line.textContent = line.dataset.unread!
  }
  all.hidden = !kept.some(isAnswers)
  for (const key of kept) {
    const item = box.querySelector('template')!.content.cloneNode(true) as DocumentFragment
    item.querySelector('code')!.textContent = key
    item.querySelector('button')!.addEventListener('click', () => forget((other) => other === key))
    list.append(item)
  }
}

all.addEventListener('click', () => forget(isAnswers))
window.addEventListener('storage', () => show())
show()
