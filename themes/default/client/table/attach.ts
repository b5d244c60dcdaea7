// Makes a table answer its form: the fragment of the address holds what was chosen, so
// that it can be sent to somebody, and Back leads to it.
import { anchorOf, partOf, replaceFragment, withPart } from '../answers/fragment'
import { fits, readRows, sorted, type Row } from './rows'
import { parse, print, untouched, type State } from './state'

// How long to wait before saying what came of a letter typed.
const pause = 250

export function attachTable(form: HTMLFormElement): void {
  const table = form.parentElement?.querySelector<HTMLTableElement>('table')
  if (!table?.tHead) return
  const kind = form.dataset['table']!
  const heads = [...table.tHead.querySelectorAll<HTMLTableCellElement>('th')]
  const columns = heads.map((head) => head.dataset['id'] ?? '')
  const rows = readRows(table)
  const output = form.querySelector('output')!, reset = form.querySelector('button')!
  const find = form.querySelector<HTMLInputElement>('[type=search]'), group = form.querySelector('select')
  const choices = [...form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-of]')]
  const boxes = (choice: Element) => [...choice.querySelectorAll<HTMLInputElement>('input')]
  let state = untouched(), timer = 0, moved = false

  const names = heads.map((head, column) => {
    const name = (head.firstChild?.textContent ?? '').trim()
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'sort'
    button.append(...head.childNodes)
    head.append(button)
    // Upwards, downwards, as written.
    button.addEventListener('click', () => {
      const id = columns[column]!
      if (state.sort !== id) Object.assign(state, { sort: id, down: false })
      else if (!state.down) state.down = true
      else Object.assign(state, { sort: '', down: false })
      changed()
    })
    return name
  })

  function show(): string {
    const kept = rows.filter((row) => fits(row, state, columns))
    const column = columns.indexOf(state.sort)
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute('aria-sort', state.down ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    })
    // What stands as it was written need not be put there.
    if (moved ||= print(state) !== undefined) arrange(table!, groupsOf(kept, column), columns.length)
    reset.hidden = print({ ...state, sort: '' }) === undefined
    const said = fill(form.dataset['shown']!, { n: kept.length, all: rows.length })
    if (column < 0) return said
    return (said + ' ' + fill(form.dataset[state.down ? 'down' : 'up']!, { column: names[column]! })).trim()
  }

  function groupsOf(kept: Row[], column: number): Map<string, Row[]> {
    const by = columns.indexOf(state.group.replace(/^by /, ''))
    const groups = new Map<string, Row[]>()
    for (const row of sorted(kept, column, state.down)) {
      const name = state.group === 'none' ? '' : by < 0 ? row.group : row.element.cells[by]!.dataset['choice'] ?? ''
      const group = groups.get(name)
      if (group) group.push(row)
      else groups.set(name, [row])
    }
    // Groups stay in their order, whatever their rows are sorted by.
    const order = by < 0 ? rows.map((row) => row.group) : choices.filter((choice) => choice.dataset['of'] === columns[by]).flatMap(boxes).map((box) => box.value)
    return new Map([...new Set(order)].filter((name) => groups.has(name)).map((name) => [name, groups.get(name)!]))
      .set('', groups.get('') ?? [])
  }

  function changed(later = false): void {
    const said = show()
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (output.textContent !== said) output.textContent = said
      replaceFragment(withPart(window.location.hash, kind, print(state)))
    }, later ? pause : 0)
  }

  function restore(to: State): void {
    state = to
    if (!columns.includes(state.sort)) state.sort = ''
    if (find) find.value = state.find
    else state.find = ''
    if (group) {
      group.value = state.group
      if (group.selectedIndex < 0) group.value = ''
    }
    state.group = group?.value ?? ''
    for (const of of [...state.chosen.keys()]) if (!choices.some((choice) => choice.dataset['of'] === of)) state.chosen.delete(of)
    for (const choice of choices) {
      const chosen = state.chosen.get(choice.dataset['of']!)
      for (const box of boxes(choice)) box.checked = !chosen || chosen.has(box.value)
    }
    output.textContent = show()
  }

  find?.addEventListener('input', () => {
    state.find = find.value
    changed(true)
  })
  group?.addEventListener('change', () => {
    state.group = group.value
    changed()
  })
  for (const choice of choices) {
    choice.addEventListener('change', () => {
      const all = boxes(choice), chosen = all.filter((box) => box.checked)
      if (chosen.length === all.length) state.chosen.delete(choice.dataset['of']!)
      else state.chosen.set(choice.dataset['of']!, new Set(chosen.map((box) => box.value)))
      changed()
    })
  }
  reset.addEventListener('click', () => {
    restore({ ...untouched(), sort: state.sort, down: state.down })
    changed()
    const first = form.querySelector<HTMLElement>('input, select')
    first?.focus() // the button that had the focus is gone
  })
  form.addEventListener('submit', (event) => event.preventDefault())

  // A link within the page, to a source say, does not undo what was chosen; one to a row
  // that is hidden does.
  window.addEventListener('hashchange', () => {
    const payload = partOf(window.location.hash, kind), anchor = anchorOf(window.location.hash)
    const row = rows.find((row) => anchor && row.element.id === anchor)?.element
    if (payload !== undefined) restore(parse(payload))
    else if (row && !row.isConnected) restore(untouched())
    else changed()
    row?.scrollIntoView()
  })

  table.classList.add('live')
  form.hidden = false
  const payload = partOf(window.location.hash, kind), fold = form.closest('details')
  if (payload !== undefined && fold) fold.open = true // somebody was sent here to see it
  restore(parse(payload))
}

const fill = (text: string, values: Record<string, string | number>): string => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))

// Puts the rows into the table, a body for each group.
function arrange(table: HTMLTableElement, groups: Map<string, Row[]>, width: number): void {
  const bodies = [...groups].filter(([, rows]) => rows.length).map(([name, rows]) => {
    const body = document.createElement('tbody')
    if (name) {
      const line = document.createElement('tr'), head = document.createElement('th')
      line.className = 'group'
      head.scope = 'rowgroup'
      head.colSpan = width
      head.textContent = name
      line.append(head)
      body.append(line)
    }
    body.append(...rows.map((row) => row.element))
    return body
  })
  while (table.tBodies.length) table.tBodies[0]!.remove()
  table.append(...bodies)
}
