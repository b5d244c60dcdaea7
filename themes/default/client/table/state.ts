// What a reader chose, and how it is written in the fragment of the address.
export interface State {
  // The id of the column to sort by, or nothing; down is from the largest.
  sort: string
  down: boolean
  find: string
  // '' as written, 'none' for no groups, 'by ID' for the texts of a column.
  group: string
  // What is chosen of each column, and of the sources; nothing said is everything.
  chosen: Map<string, Set<string>>
}

export const untouched = (): State => ({ sort: '', down: false, find: '', group: '', chosen: new Map() })

export function print(state: State): string | undefined {
  const list = new URLSearchParams()
  if (state.sort) list.set('sort', (state.down ? '-' : '') + state.sort)
  if (state.find) list.set('find', state.find)
  if (state.group) list.set('group', state.group)
  for (const [of, texts] of state.chosen) {
    if (!texts.size) list.append('in.' + of, '')
    for (const text of texts) list.append('in.' + of, text)
  }
  return list.toString() || undefined
}

export function parse(payload: string | undefined): State {
  const state = untouched()
  for (const [key, value] of new URLSearchParams(payload ?? '')) {
    if (key === 'sort') {
      state.down = value.startsWith('-')
      state.sort = value.replace(/^-/, '')
    } else if (key === 'find') state.find = value
    else if (key === 'group') state.group = value
    else if (key.startsWith('in.')) {
      const of = key.slice(3), texts = state.chosen.get(of) ?? new Set()
      if (value) texts.add(value)
      state.chosen.set(of, texts)
    }
  }
  return state
}
