// The trees that say why: generator/assessment/reason.go.
import { isScored, isTruth, Node, said, Said, walk } from './model'
import { isOneNumber, Numbers, Ratio, Ratios, reduced, True, truthNames } from './sets'
import { isOpen, State } from './state'
import { some } from './next'

// A set of numbers as a result shows it.
export interface Span { low?: number; high?: number; none?: true }
export interface MeanSpan { low?: Ratio; high?: Ratio; none?: true }

export const spanOf = (n: Numbers): Span =>
  ({ low: n.some ? n.low : undefined, high: n.some ? n.high : undefined, none: n.none || undefined })
export const meanSpanOf = (r: Ratios): MeanSpan =>
  ({ low: r.some ? reduced(r.low) : undefined, high: r.some ? reduced(r.high) : undefined, none: r.none || undefined })

// A part of a condition, a dimension, a value or an answer, with what it may be.
export interface Reason {
  kind: string
  sign?: string
  // The question, dimension or value that is read.
  id?: string
  options?: string[]
  truths?: string[]
  number?: Span
  mean?: MeanSpan
  // "hidden" for a question that is not asked.
  state?: string
  answer?: Said
  level?: number
  text?: string
  sources?: string[]
  parts?: Reason[]
  not?: true
}

// The nodes that reasons were made of, for printing them.
export const nodes = new WeakMap<Reason, Node>()

// The reason of a condition.
export const because = (s: State, when: Node | undefined): Reason =>
  when ? new Reasoner(s).node(when) : { kind: 'always', truths: truthNames(True) }

// Makes one tree, in which what a value, a dimension or a hidden question is made of
// stands at its first mention only.
export class Reasoner {
  readonly #s: State
  readonly #seen = new Set<string>()

  constructor(s: State) {
    this.#s = s
  }

  #first(kind: string, id: string): boolean {
    const key = kind + ' ' + id
    return !this.#seen.has(key) && !!this.#seen.add(key)
  }

  // The tree of a truth: the parts of && || ! and if; of a comparison, what it reads.
  node(n: Node): Reason {
    const r: Reason = { kind: n.op, truths: truthNames(this.#s.truths(n)), parts: n.args.some(isTruth) ? n.args.map((arg) => this.node(arg)) : some(this.#reads(n)) }
    nodes.set(r, n)
    return r
  }

  // The things a node reads, each once.
  #reads(n: Node): Reason[] {
    const parts: Reason[] = [], seen: Node[] = []
    walk(n, (one) => {
      const { kind, index } = one
      if (!kind || seen.some((other) => other.index === index && other.kind === kind)) return
      seen.push(one)
      parts.push(kind === 'question' ? this.#question(index) : kind === 'dimension' ? this.#held(index) : this.value(index))
    })
    return parts
  }

  // The tree of a dimension: every question of it.
  score(d: number): Reason {
    const r = this.#dimension(d)
    r.parts = some(this.#s.model.dimensions[d]!.questions.map((i) => this.#question(i)))
    return r
  }

  // A dimension inside a condition: only the answers that hold it, or that it is open
  // on. The whole is in its score.
  #held(d: number): Reason {
    const s = this.#s, r = this.#dimension(d), ladder = s.ladder[d]!
    if (!this.#first('dimension', r.id!)) return r
    const holders = ladder.some ? s.holders(d, ladder.high) : []
    r.parts = some(s.model.dimensions[d]!.questions
      .filter((i) => holders.includes(i) || isOpen(s.q[i]!) && !isOneNumber(ladder))
      .map((i) => this.#question(i)))
    return r
  }

  #dimension(d: number): Reason {
    return { kind: 'dimension', id: this.#s.model.dimensions[d]!.id, number: spanOf(this.#s.ladder[d]!), mean: meanSpanOf(this.#s.mean[d]!) }
  }

  value(v: number): Reason {
    const value = this.#s.model.values[v]!
    const r: Reason = { kind: 'value', id: value.id, number: spanOf(this.#s.values[v]!) }
    if (this.#first('value', r.id!)) r.parts = some(this.#reads(value.compute))
    return r
  }

  // An answer; of a question that is hidden or may be, with why.
  #question(i: number): Reason {
    const s = this.#s, q = s.model.questions[i]!, p = s.q[i]!
    const r: Reason = { kind: 'question', id: q.id }
    if (p.shown & True) {
      const answer = s.answer(i)
      r.state = answer.state || 'unanswered'
      if (answer.state === 'answered') r.answer = said(q, answer)
    } else {
      r.state = 'hidden'
      if (p.some && q.otherwise) r.answer = said(q, q.otherwise)
    }
    if (isScored(q) && p.some && !isOpen(p)) r.level = p.levelLow
    if (p.shown !== True && this.#first('question', q.id)) r.parts = q['ask-when'] && [this.node(q['ask-when'])]
    return r
  }
}

