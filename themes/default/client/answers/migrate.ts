// Answers to an earlier version become answers to this one: the same steps as
// generator/assessment/migrate.go, which says what each is.
import {
  Answer, Answers, bit, isScored, isValid, Model, optionIndex, Question, Said, said, State, stepsOf, unanswered, valueOfSteps,
} from '../engine/model'
import { Layout } from './link'

export interface Migration {
  from: number
  op: string
  question?: string
  merge?: string[]
  into?: string
  options?: [old: string, made: string][]
  parts?: { question: string; options?: [old: string, made: string][] }[]
  highest?: boolean
  scale?: string
}

// What became of each answer. Why is the end of a message's key.
export interface Migrated {
  answers: Answers
  kept: string[]
  changed: { from: string; question: string; before: Said; after: Said }[]
  dropped: { question: string; before: Said; why: string }[]
}

// An answer without its question: what moves from version to version.
interface Loose { id: string; from: string; q: Question; state: State; option: string; options: string[]; number: number; level: number; marks: Answer; before: Said }

const values = (q: Question, a: Answer): Said => a.state === 'answered' ? said(q, a) : a.state

export function migrate(model: Model, layouts: Layout[], migrations: Migration[], old: Layout, given: Answers): Migrated {
  const out: Migrated = { answers: model.questions.map(() => unanswered), kept: [], changed: [], dropped: [] }
  const current: Loose[] = [], notes: { id: string; from: string; text: string }[] = [] // to questions without an answer
  const drop = (l: Loose, why: string): void => { out.dropped.push({ question: l.from, before: l.before, why }) }
  const put = (id: string, l: Loose): void => { current.push({ ...l, id }) }
  const take = (id: string | undefined): Loose[] => {
    const i = current.findIndex((l) => l.id === id)
    return i < 0 ? [] : current.splice(i, 1)
  }
  const find = (list: Question[] | undefined, id: string): Question | undefined => list?.find((q) => q.id === id)
  // A question of the version that follows, as far as it is known.
  const target = (version: number, id: string): Question | undefined =>
    find(layouts.find((layout) => layout.version === version && version < model.version)?.questions, id) ?? find(model.questions, id)

  // Whether the answer is left when its options get their new names.
  function rename(l: Loose, options: [string, string][] = [], to: Question | undefined): boolean {
    if (l.state !== 'answered') return true
    const next = (old: string): string | undefined => {
      const mapped = options.find(([from]) => from === old)
      return mapped ? mapped[1] || undefined : to && optionIndex(to, old) >= 0 ? old : undefined
    }
    if (l.q.kind === 'many') {
      const before = l.options
      l.options = [...new Set(before.flatMap((old) => next(old) ?? []))]
      return before.length === 0 || l.options.length > 0
    }
    const option = next(l.option)
    l.option = option ?? ''
    l.level = to?.options[optionIndex(to, l.option)]?.level ?? l.level
    return option !== undefined
  }

  // By level, by number, else by the order of the options.
  const rank = (l: Loose): number => l.q.kind === 'number' ? l.number : l.q.kind === 'many' ? l.options.length : isScored(l.q) ? l.level : optionIndex(l.q, l.option)

  function merge(m: Migration): void {
    const parts = m.merge!.map(take)
    if (parts.some((part) => part.length === 0)) {
      for (const l of parts.flat()) drop(l, 'part')
      return
    }
    const list = parts.flat(), sign = m.highest ? 1 : -1
    const best = list.filter((l) => l.state === 'answered').reduce<Loose | undefined>((best, l) => best && sign * rank(l) <= sign * rank(best) ? best : l, undefined)
    if (list.length > 0) put(m.into!, list.find((l) => l.state === 'dont-know') ?? best ?? list[0]!)
  }

  function scale(m: Migration, l: Loose): void {
    const id = m.question!, to = target(m.from + 1, id), share = m.scale === 'proportion'
    if (l.state !== 'answered') put(id, l)
    else if (m.scale === 'reset') drop(l, 'reset')
    else if (!to) drop(l, 'gone')
    else if (l.q.kind === 'number') {
      if (share && l.q.max > 0) l.number = valueOfSteps(to, Math.floor(l.number / valueOfSteps(l.q, l.q.max) * to.max))
      l.number = Math.min(Math.max(l.number, valueOfSteps(to, to.min)), valueOfSteps(to, to.max))
      put(id, l)
    } else {
      const level = Math.min(share && l.q.top > 0 ? Math.floor(l.level * to.top / l.q.top) : l.level, to.top)
      const option = to.options.find((option) => option.level === level)
      if (option) put(id, { ...l, option: option.id, level })
      else drop(l, 'option')
    }
  }

  function step(m: Migration): void {
    if (m.op === 'merge') return merge(m)
    if (m.op === 'rename') for (const note of notes) if (note.id === m.question) note.id = m.into!
    for (const l of take(m.question)) {
      if (m.op === 'rename') put(m.into!, l)
      else if (m.op === 'retire') drop(l, 'retired')
      else if (m.op === 'scale') scale(m, l)
      else for (const part of m.parts ?? [{ question: m.question!, options: m.options }]) {
        const copy = { ...l }
        if (rename(copy, part.options, target(m.from + 1, part.question))) put(part.question, copy)
        else drop(copy, 'option')
      }
    }
  }

  // The answer to a question of this version, or why there is none.
  function fit(l: Loose, q: Question): Answer | string {
    const marks = { ...unanswered, state: l.state, 'outside-control': l.marks['outside-control'], note: l.marks.note }
    if (l.state !== 'answered') return isValid(q, marks) ? marks : 'option'
    if ((l.q.kind === 'number') !== (q.kind === 'number') || (l.q.kind === 'many') !== (q.kind === 'many')) return 'kind'
    if (q.kind === 'number') {
      const number = stepsOf(q, l.number)
      return number === undefined ? 'range' : { ...marks, number }
    }
    const options = l.options.map((id) => optionIndex(q, id))
    const option = q.kind === 'many' ? 0 : optionIndex(q, l.option)
    const answer = { ...marks, option, options: options.reduce((set, i) => i < 0 ? set : set | bit(i), 0n) }
    if (option < 0 || options.includes(-1)) return 'option'
    answer['by-choice'] = q.kind !== 'many' && l.marks['by-choice'] && isScored(q) && q.options[option]!.level === q.lowest
    return isValid(q, answer) ? answer : 'option'
  }

  old.questions.forEach((q, i) => {
    const a = given[i]
    if (a?.state === '' && a.note) notes.push({ id: q.id, from: q.id, text: a.note })
    if (!a || a.state === '') return
    const option = q.options[a.option], set = a.state === 'answered' && q.kind === 'many'
    current.push({
      id: q.id, from: q.id, q, state: a.state, option: q.kind === 'many' || q.kind === 'number' ? '' : option?.id ?? '', level: option?.level ?? 0,
      options: set ? said(q, a) as string[] : [], number: valueOfSteps(q, a.number), marks: a, before: values(q, a),
    })
  })
  for (let version = old.version; version < model.version; version++) for (const m of migrations) if (m.from === version) step(m)
  for (const l of current) {
    const at = model.questions.findIndex((q) => q.id === l.id), q = model.questions[at], answer = q ? fit(l, q) : 'gone'
    if (typeof answer === 'string') drop(l, answer)
    else {
      out.answers[at] = answer
      const after = values(q!, answer)
      if (l.id === l.from && JSON.stringify(after) === JSON.stringify(l.before)) out.kept.push(l.id)
      else out.changed.push({ from: l.from, question: l.id, before: l.before, after })
    }
  }
  for (const { id, from, text } of notes) {
    const at = model.questions.findIndex((q) => q.id === id)
    if (at >= 0 && out.answers[at]!.note === '') out.answers[at] = { ...out.answers[at]!, note: text }
    else out.dropped.push({ question: from, before: text, why: 'gone' })
  }
  return out
}
