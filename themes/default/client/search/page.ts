// What the search page shows, and its keys: the field stays where it is, arrows go
// through the results and back, Escape returns to the field. The query stands in the
// fragment, so that a search can be sent and the way back finds it again.
import { Filter, Found, Index, Piece } from './engine'

const step = 10

export class Page {
  onAsk: (query: string, filter: Filter, most: number) => void = () => {}
  private readonly form = document.getElementById('search-form') as HTMLFormElement
  private readonly field = this.form.querySelector('input')!
  private readonly choices = [...this.form.querySelectorAll('select')]
  private readonly status = document.getElementById('search-status')!
  private readonly list = document.getElementById('search-results')!
  private readonly more = document.getElementById('search-more') as HTMLButtonElement
  private readonly instead = document.querySelector('.search-instead')
  private most = step

  begin(): void {
    this.form.hidden = false
    this.read()
    this.form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.list.querySelector('a')?.focus()
    })
    this.form.addEventListener('input', () => { this.most = step; this.ask(true) })
    this.more.addEventListener('click', () => {
      const before = this.list.children.length
      this.most += step
      this.afterShow = () => this.links()[before]?.focus()
      this.ask(false)
    })
    window.addEventListener('hashchange', () => { this.read(); this.ask(false) })
    document.addEventListener('keydown', (event) => this.key(event))
    this.field.focus()
    this.ask(false)
  }

  private afterShow: () => void = () => {}

  /** The kinds and sections there are, once the index is known. */
  offer(index: Index): void {
    const lists = [index.runs.map((run) => run[0]), index.runs.map((run) => run[1])]
    this.choices.forEach((choice, i) => {
      const values = [...new Set(lists[i])].filter(Boolean).sort()
      if (choice.options.length > 1) return
      for (const value of values) choice.add(new Option(value, value))
      choice.value = this.asked[choice.name] ?? ''
      choice.closest('label')!.hidden = values.length < 2
    })
  }

  private asked: Record<string, string> = {}

  private read(): void {
    this.asked = Object.create(null) as Record<string, string>
    for (const part of location.hash.slice(1).split('~').slice(1)) {
      const at = part.indexOf('=')
      try {
        if (at > 0) this.asked[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1))
      } catch { /* not ours: a percent sign that means nothing */ }
    }
    this.field.value = this.asked['q'] ?? ''
    for (const choice of this.choices) choice.value = this.asked[choice.name] ?? ''
  }

  private ask(write: boolean): void {
    const query = this.field.value.trim(), filter: Record<string, string> = {}
    for (const choice of this.choices) filter[choice.name] = choice.value
    if (write) {
      const parts = Object.entries({ q: query, ...filter }).filter(([, value]) => value)
      history.replaceState(null, '', '#' + parts.map(([name, value]) => '~' + name + '=' + encodeURIComponent(value)).join(''))
    }
    if (query) this.onAsk(query, filter, this.most)
    else this.onAsk('', {}, 0)
  }

  show(query: string, all: number, found: Found[]): void {
    const say = (key: string): string => (this.form.dataset[key] ?? '').replace('{n}', String(all)).replace('{query}', query)
    this.instead?.toggleAttribute('hidden', query !== '')
    this.status.textContent = !query ? '' : say(all === 0 ? 'none' : all === 1 ? 'one' : 'many')
    this.list.replaceChildren(...found.map(result))
    this.more.hidden = all <= found.length
    this.afterShow()
    this.afterShow = () => {}
  }

  updated(): void { this.status.textContent = this.form.dataset['updated'] ?? '' }
  missing(): void { this.status.textContent = this.form.dataset['missing'] ?? '' }

  private links(): HTMLAnchorElement[] { return [...this.list.querySelectorAll('a')] }

  private key(event: KeyboardEvent): void {
    const inside = event.target instanceof Node && (this.list.contains(event.target) || event.target === this.field)
    if (!inside || event.ctrlKey || event.metaKey || event.altKey) return
    const links = this.links(), at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'ArrowDown' && at + 1 < links.length) links[at + 1]!.focus()
    else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? this.field).focus()
    else if (event.key === 'Escape' && at >= 0) this.field.focus()
    else return
    event.preventDefault()
  }
}

function pieces(parent: HTMLElement, list: Piece[]): HTMLElement {
  for (const [text, marked] of list) {
    if (!marked) { parent.append(text); continue }
    const mark = document.createElement('mark')
    mark.textContent = text
    parent.append(mark)
  }
  return parent
}

function result(found: Found): HTMLElement {
  const make = (name: string, className = ''): HTMLElement => Object.assign(document.createElement(name), { className })
  const item = make('li', 'found'), link = make('a') as HTMLAnchorElement
  link.href = found.address
  pieces(link, found.title)
  if (found.heading.length) {
    link.append(' ')
    link.append(pieces(make('span', 'muted'), found.heading))
  }
  const where = make('p', 'hint')
  where.textContent = [found.kind, found.section].filter(Boolean).join(' · ')
  item.append(link, pieces(make('p'), found.excerpt), where)
  return item
}
