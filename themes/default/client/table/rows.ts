// The rows of a table as they were written, which of them fit, and their order.
import type { State } from './state'

export interface Row {
  element: HTMLTableRowElement
  group: string
  text: string
}

export function readRows(table: HTMLTableElement): Row[] {
  const rows: Row[] = []
  for (const body of table.tBodies) {
    let group = ''
    for (const element of body.rows) {
      const text = element.textContent ?? ''
      if (element.classList.contains('group')) group = text.trim()
      else rows.push({ element, group, text: (group + ' ' + text).toLowerCase() })
    }
  }
  return rows
}

// Whether a row fits what is looked for and chosen. Statements of sources that are not
// chosen are hidden in it.
export function fits(row: Row, state: State, columns: string[]): boolean {
  const sources = state.chosen.get('sources')
  const told = tell(row.element, sources)
  const words = state.find.toLowerCase().split(/\s+/)
  return told && words.every((word) => row.text.includes(word)) && [...state.chosen].every(([of, texts]) => {
    const cell = row.element.cells[columns.indexOf(of)]
    return !cell || texts.has(cell.dataset['choice'] ?? '')
  })
}

// Shows of a row what the chosen sources say. It is false if they say nothing there.
function tell(row: HTMLTableRowElement, sources: Set<string> | undefined): boolean {
  const says = (element: HTMLElement) => !sources || element.dataset['sources']!.split(' ').some((id) => sources.has(id))
  if (row.dataset['sources'] && !says(row)) return false
  if (!sources && !row.querySelector('.silent-cell, .statement[hidden]')) return true
  let all = 0, left = 0
  for (const cell of row.cells) {
    const statements = [...cell.querySelectorAll<HTMLElement>('.statement')]
    const shown = statements.filter((statement) => !(statement.hidden = !!statement.dataset['sources'] && !says(statement)))
    all += statements.length
    left += shown.length
    cell.classList.toggle('silent-cell', shown.length < statements.length && !shown.length)
  }
  return !all || left > 0
}

// Sorts by the numbers of a column, or by its texts as the reader's language has it;
// what is empty comes last both ways. Rows that are alike keep their order.
export function sorted(rows: Row[], column: number, down: boolean): Row[] {
  if (column < 0) return rows
  const texts = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: 'base' })
  const keyed = rows.map((row) => {
    const cell = row.element.cells[column]!, value = cell.dataset['value'], text = (cell.textContent ?? '').trim()
    return { row, empty: value === undefined && text === '–', number: value === undefined ? NaN : Number(value), text }
  })
  const way = down ? -1 : 1
  keyed.sort((a, b) => {
    if (a.empty || b.empty) return Number(a.empty) - Number(b.empty)
    return way * (Number.isNaN(a.number) || Number.isNaN(b.number) ? texts.compare(a.text, b.text) : a.number - b.number)
  })
  return keyed.map((key) => key.row)
}
