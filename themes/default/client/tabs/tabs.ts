// Tabs of panels, by the pattern that screen readers know: one stop of the keyboard,
// arrows within. Tabs of one group choose together; what was chosen travels in the
// fragment of the address.
import { anchorOf, partOf, replaceFragment, withPart } from '../answers/fragment'

interface Tabs { group: string, titles: string[], buttons: HTMLButtonElement[], panels: HTMLElement[] }

// What a hidden panel holds can be found by the browser's own search, where it knows how.
const hidden = 'onbeforematch' in document.body ? 'until-found' : ''

export function attachTabs(): void {
  const all = [...document.querySelectorAll<HTMLElement>('.tabs')].map(make)
  for (const tabs of all) {
    tabs.buttons.forEach((button, i) => button.addEventListener('click', () => choose(all, tabs, i)))
    tabs.panels.forEach((panel, i) => panel.addEventListener('beforematch', () => show(tabs, i)))
  }
  const follow = () => {
    const chosen = new URLSearchParams(partOf(window.location.hash, 'tabs'))
    for (const tabs of all) {
      const at = tabs.titles.indexOf(chosen.get(tabs.group) ?? '')
      if (tabs.group && at >= 0) show(tabs, at)
    }
    const target = document.getElementById(anchorOf(window.location.hash))
    for (const tabs of all) {
      const at = tabs.panels.findIndex((panel) => panel.contains(target))
      if (target && at >= 0) show(tabs, at)
    }
    // A browser does not find an anchor that parts follow, or that was hidden.
    if (target && (window.location.hash.includes('~') || target.closest('.tab'))) target.scrollIntoView()
  }
  window.addEventListener('hashchange', follow)
  follow()
}

function make(element: HTMLElement, number: number): Tabs {
  const panels = [...element.children].filter((child): child is HTMLElement => child.classList.contains('tab'))
  const titles = panels.map((panel) => panel.querySelector('.tab-title')?.textContent ?? '')
  const list = document.createElement('div')
  list.className = 'tab-list'
  list.setAttribute('role', 'tablist')
  const tabs: Tabs = { group: element.dataset['group'] ?? '', titles, panels, buttons: [] }
  panels.forEach((panel, i) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = titles[i]!
    button.setAttribute('role', 'tab')
    // No id of a text holds a ~.
    button.id = `tab~${number}~${i}`
    panel.id = `panel~${number}~${i}`
    button.setAttribute('aria-controls', panel.id)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', button.id)
    panel.tabIndex = 0
    button.addEventListener('keydown', (event) => move(tabs, i, event))
    tabs.buttons.push(button)
  })
  list.append(...tabs.buttons)
  element.prepend(list)
  show(tabs, 0)
  return tabs
}

function move(tabs: Tabs, from: number, event: KeyboardEvent): void {
  const count = tabs.buttons.length
  const to = { ArrowLeft: from + count - 1, ArrowRight: from + 1, Home: 0, End: count - 1 }[event.key]
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  const button = tabs.buttons[to % count]!
  button.focus()
  button.click()
}

function show(tabs: Tabs, at: number): void {
  tabs.buttons.forEach((button, i) => {
    button.setAttribute('aria-selected', String(i === at))
    button.tabIndex = i === at ? 0 : -1
  })
  tabs.panels.forEach((panel, i) => {
    if (i === at) panel.removeAttribute('hidden')
    else panel.setAttribute('hidden', hidden)
  })
}

// A choice holds for all tabs of the group that have it, and what was clicked stays
// where it is on the screen, though panels above it change their height.
function choose(all: Tabs[], tabs: Tabs, at: number): void {
  const button = tabs.buttons[at]!, top = button.getBoundingClientRect().top
  show(tabs, at)
  if (!tabs.group) return
  for (const other of all) {
    const same = other.titles.indexOf(tabs.titles[at]!)
    if (other !== tabs && other.group === tabs.group && same >= 0) show(other, same)
  }
  window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: 'instant' })
  const chosen = new URLSearchParams(partOf(window.location.hash, 'tabs'))
  chosen.set(tabs.group, tabs.titles[at]!)
  replaceFragment(withPart(window.location.hash, 'tabs', chosen.toString()))
}
