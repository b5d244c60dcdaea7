// A compiled assessment, as the page's data block holds it: ids, levels and trees,
// without a word to read. Its Go counterpart is generator/assessment/model.go; what
// that leaves out because it is zero or empty is filled in by readModel, once.
export interface Model {
  id: string
  version: number
  top: number
  dimensions: Dimension[]
  questions: Question[]
  // Each question after those its ask-when mentions; values likewise.
  'ask-order': number[]
  'value-order': number[]
  // What the outcomes mention, themselves or through values and ask-when.
  decides: { questions: number[]; dimensions: number[] }
  values: Value[]
  outcomes: { id: string; when?: Node }[]
  votes: Vote[]
  targets: { dimension: number; level: number; when?: Node }[]
  advice: Advice[]
  benchmarks: { value: number; segment: string; mean: number; deviation: number }[]
  sources: string[]
}

export interface Dimension { id: string; questions: number[] }
export interface Value { id: string; compute: Node; type: string; unit?: string; places: number }
export interface Vote { source: number; outcome: number; when?: Node; also?: number[] }
export interface Advice { id: string; when?: Node; dimension: number; effort: number; after: number[] }
export interface Option { id: string; level: number; exclusive?: boolean }

export type Kind = 'level' | 'choice' | 'many' | 'number' | 'yes-no'

export interface Question {
  id: string
  kind: Kind
  // An index, or -1 for context.
  dimension: number
  'dont-know': boolean
  'not-applicable': boolean
  options: Option[]
  // In steps; n steps are (n · units) / 10^places.
  min: number
  max: number
  units: number
  places: number
  bands: { from: number; to: number; level: number }[]
  top: number
  lowest: number
  'ask-when'?: Node
  otherwise?: Answer
  cells: number[]
  // The exclusive options, a bit each: made here, not sent.
  exclusive: bigint
}

export type State = '' | 'dont-know' | 'not-applicable' | 'answered'

// What a reader said to one question. Sets of options are a bit each: there may be
// forty, and a JavaScript number has only 32 for this.
export interface Answer {
  state: State
  option: number
  options: bigint
  number: number
  'by-choice': boolean
  'outside-control': boolean
  note: string
}

export type Answers = Answer[]

// A checked expression. Units / 10^places is its constant exactly.
export interface Node {
  op: string
  sign: string
  args: Node[]
  kind: '' | 'question' | 'value' | 'dimension'
  index: number
  options: number[]
  number: number
  units: number
  places: number
  truth?: boolean
  // The options as bits: made here, not sent.
  mask: bigint
}

export const bit = (i: number): bigint => 1n << BigInt(i)

export function count(set: bigint): number {
  let n = 0
  for (; set !== 0n; set &= set - 1n) n++
  return n
}

// An answer from JSON, where a set of options is a number.
export function readAnswer(raw: Partial<Omit<Answer, 'options'>> & { options?: number | bigint }): Answer {
  return {
    state: raw.state ?? '', option: raw.option ?? 0, options: BigInt(raw.options ?? 0), number: raw.number ?? 0,
    'by-choice': raw['by-choice'] ?? false, 'outside-control': raw['outside-control'] ?? false, note: raw.note ?? '',
  }
}

export const unanswered: Answer = readAnswer({})

// Fills in what the JSON leaves out because it is zero or empty. Lists here are never
// changed, so one empty list does for all.
const fill = <T extends object>(to: T, blank: Partial<T>): T => Object.assign(to, { ...blank, ...to })

export function readModel(model: Model): Model {
  readQuestions(model.questions)
  for (const v of model.values) readNode(fill(v, { places: 0 }).compute)
  for (const { when } of [...model.outcomes, ...model.votes, ...model.targets, ...model.advice.map((a) => fill(a, { after: [] }))]) readNode(when)
  return model
}

export function readQuestions(questions: Question[]): void {
  for (const q of questions) {
    fill(q, { min: 0, max: 0, units: 0, places: 0, top: 0, lowest: 0, options: [], bands: [], cells: [], 'dont-know': false, 'not-applicable': false })
    q.exclusive = 0n
    q.options.forEach((option, i) => {
      fill(option, { level: 0 })
      if (option.exclusive) q.exclusive |= bit(i)
    })
    if (q.otherwise) q.otherwise = readAnswer(q.otherwise)
    readNode(q['ask-when'])
  }
}

function readNode(n: Node | undefined): void {
  if (!n) return
  fill(n, { sign: '', kind: '', index: 0, number: 0, units: 0, places: 0, args: [], options: [] })
  n.mask = n.options.reduce((set, i) => set | bit(i), 0n)
  n.args.forEach(readNode)
}

// Visits a node and everything under it, in order of the text.
export function walk(n: Node | undefined, visit: (n: Node) => void): void {
  if (!n) return
  visit(n)
  if (n.args.length > 0) for (const arg of n.args) walk(arg, visit)
}

// The questions that a node mentions itself, each once, in order.
export function mentioned(n: Node | undefined): number[] {
  const list: number[] = []
  walk(n, (n) => {
    if (n.kind === 'question' && !list.includes(n.index)) list.push(n.index)
  })
  return list
}

const truthOps = new Set(['true', 'false', 'holds', 'is', 'is-not', 'has', 'mean-compare', 'applies', 'and', 'or', 'not', 'compare', 'same'])

// Whether a node is a truth; if not, it is a number.
export const isTruth = (n: Node): boolean => n.op === 'if' ? !!n.truth : truthOps.has(n.op)

export const isScored = (q: Question): boolean => q.dimension >= 0

export function powerOfTen(places: number): number {
  let power = 1
  for (; places > 0; places--) power *= 10
  return power
}

// The number that n steps stand for.
export const valueOfSteps = (q: Question, n: number): number => (n * q.units) / powerOfTen(q.places)

// How many steps make x, if a whole number of them within the range does.
export function stepsOf(q: Question, x: number): number | undefined {
  const n = Math.round(x * 10 ** q.places / q.units) + 0 // no -0
  return Math.abs(n) * q.units <= 2 ** 53 && valueOfSteps(q, n) === x && n >= q.min && n <= q.max ? n : undefined
}

// The number of chosen options, exclusive ones not counted.
export const countOf = (q: Question, options: bigint): number => count(options & ~q.exclusive)

// The level of a count or a number of steps.
export function levelAt(q: Question, n: number): number {
  for (const band of q.bands) if (n >= band.from && n <= band.to) return band.level
  return 0
}

// The level of an answered, scored question.
export function levelOf(q: Question, a: Answer): number {
  if (q.kind === 'many') return levelAt(q, countOf(q, a.options))
  if (q.kind === 'number') return levelAt(q, a.number)
  return q.options[a.option]!.level
}

export const optionIndex = (q: Question, id: string): number => q.options.findIndex((option) => option.id === id)

// Whether an answer fits its question: a guard for answers from elsewhere.
export function isValid(q: Question, a: Answer): boolean {
  if (a.state === '') return true
  if (a.state === 'dont-know' || a.state === 'not-applicable') return q[a.state]
  if (a.state !== 'answered') return false
  if (q.kind === 'number') return a.number >= q.min && a.number <= q.max
  if (q.kind === 'many') {
    const exclusive = a.options & q.exclusive
    return a.options >> BigInt(q.options.length) === 0n && (exclusive === 0n || exclusive === a.options && count(exclusive) === 1)
  }
  const option = q.options[a.option]
  return option !== undefined && (!a['by-choice'] || isScored(q) && option.level === q.lowest)
}

export const sameAnswer = (a: Answer, b: Answer): boolean =>
  a.state === b.state && a.option === b.option && a.options === b.options && a.number === b.number &&
  a['by-choice'] === b['by-choice'] && a['outside-control'] === b['outside-control'] && a.note === b.note

export type Said = string | string[] | number | boolean

// An answer as answer files write it: an option's id, a list of ids, a number, true
// or false.
export function said(q: Question, a: Answer): Said {
  if (q.kind === 'number') return valueOfSteps(q, a.number)
  if (q.kind === 'many') return q.options.filter((_, i) => a.options & bit(i)).map((option) => option.id)
  const id = q.options[a.option]!.id
  return q.kind === 'yes-no' ? id === 'yes' : id
}

export const answered = (part: Partial<Answer>): Answer => ({ ...unanswered, state: 'answered', ...part })
