// Steps to tick, remembered in this browser for this page. Over file: one folder's page
// can read another's storage, so there nothing is kept.
import { h } from '../assessment/dom'
import { Messages } from '../engine/messages'

export function attachSteps(ids: string[], words: Messages): void {
  const key = 'cairn-steps ' + location.pathname
  const kept = window.location.protocol !== 'file:'
  const boxes = ids.map((id) => document.getElementById(id)?.querySelector<HTMLInputElement>('input.tick'))
  const links = ids.map((id) => [...document.querySelectorAll<HTMLAnchorElement>('#steps a')].find((link) => link.hash === '#' + id))
  const title = document.getElementById('steps-title')

  const done = read()
  boxes.forEach((box, i) => {
    if (!box) return
    box.checked = done.includes(ids[i]!)
    box.addEventListener('change', () => {
      write(ids.filter((_, j) => boxes[j]?.checked))
      show()
    })
  })
  show()

  function show(): void {
    const first = boxes.findIndex((box) => box && !box.checked)
    links.forEach((link, i) => {
      if (!link) return
      const ticked = boxes[i]?.checked ?? false
      link.querySelector('small')?.remove()
      if (ticked) link.append(' ', h('small', {}, words.say('path.done')))
      if (i === first) link.setAttribute('aria-current', 'step')
      else link.removeAttribute('aria-current')
    })
    const count = boxes.filter((box) => box?.checked).length
    if (title) title.textContent = words.say('path.done-of', { n: count, all: ids.length })
  }

  // Storage may be absent, full or forbidden; then the ticks last as long as the page.
  function read(): string[] {
    try {
      const value: unknown = kept ? JSON.parse(localStorage.getItem(key) ?? '[]') : []
      return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []
    } catch {
      return []
    }
  }

  function write(done: string[]): void {
    try {
      if (!kept) return
      if (done.length > 0) localStorage.setItem(key, JSON.stringify(done))
      else localStorage.removeItem(key)
    } catch {
      // the page shows the ticks all the same
    }
  }
}
