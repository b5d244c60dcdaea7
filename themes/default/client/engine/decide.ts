// Decision, targets, votes and verdicts: generator/assessment/decide.go and support.go.
import { isTruth, Node } from './model'
import { numbers, truths } from './expression'
import { isOneNumber, isOneTruth, True, Truths } from './sets'
import { isOpen, State } from './state'

// The first of a list of conditions that holds: a decision, or a target.
export interface First {
  // Those that may hold while each earlier one may not.
  candidates: number[]
  // It may be that no condition holds at all.
  none: boolean
  // The candidates whose condition may or may not hold.
  open: number[]
}

function firstOf(s: State, list: { when?: Node }[], which: (i: number) => boolean): First {
  const f: First = { candidates: [], none: false, open: [] }
  for (let i = 0; i < list.length; i++) {
    if (!which(i)) continue
    const set = s.truths(list[i]!.when)
    if (!(set & True)) continue
    f.candidates.push(i)
    if (set === True) return f
    f.open.push(i)
  }
  f.none = true
  return f
}

// Whether it is the same in every world.
export const isSettled = (f: First): boolean => f.candidates.length === 0 || f.candidates.length === 1 && !f.none

// The one that is first in every world, or -1.
export const only = (f: First): number => f.candidates.length === 1 && !f.none ? f.candidates[0]! : -1

export const decisionOf = (s: State): First => firstOf(s, s.model.outcomes, () => true)
export const targetOf = (s: State, d: number): First => firstOf(s, s.model.targets, (i) => s.model.targets[i]!.dimension === d)

// The outcome that is the decision in every world, or -1.
export function decided(s: State): number {
  for (let i = 0; i < s.model.outcomes.length; i++) {
    const set = s.truths(s.model.outcomes[i]!.when)
    if (set === True) return i
    if (set & True) return -1
  }
  return -1
}

// How a source stands to the decision.
export type Stance = 'agrees' | 'otherwise' | 'both' | 'silent' | 'open'

// What a source says: its votes that may or may not hold, and its stance.
export function says(s: State, source: number, decision: First): { open: number[]; stance: Stance } {
  const given: number[] = [], open: number[] = []
  s.model.votes.forEach((vote, i) => {
    if (vote.source !== source) return
    const set = s.truths(vote.when)
    if (set === True) given.push(i)
    else if (set & True) open.push(i)
  })
  const outcomes = [...new Set(given.map((i) => s.model.votes[i]!.outcome))].filter((o) => o >= 0)
  const stance = open.length > 0 ? 'open'
    : outcomes.length === 0 ? 'silent'
    : outcomes.length > 1 ? 'both'
    : only(decision) === outcomes[0] ? 'agrees'
    : decision.candidates.includes(outcomes[0]!) ? 'open' : 'otherwise'
  return { open, stance }
}

export type Verdict = 'given' | 'not-given' | 'open'
export const verdictOf = (t: Truths): Verdict => t === True ? 'given' : t & True ? 'open' : 'not-given'

// The questions, unanswered or don't-know, met in those parts of an item's tree that
// are not yet one element: through values, dimensions and ask-when.
export class Support {
  readonly #s: State
  readonly #in = new Set<number>()
  readonly #seen = new Set<number>()
  readonly #dimensions = new Set<number>()
  readonly #values = new Set<number>()

  constructor(s: State) {
    this.#s = s
  }

  node(n: Node | undefined): void {
    if (!n || (isTruth(n) ? isOneTruth(truths(n, this.#s)) : isOneNumber(numbers(n, this.#s)))) return
    if (n.kind === 'question') this.#question(n.index)
    else if (n.kind === 'dimension') this.dimension(n.index)
    else if (n.kind === 'value' && !this.#values.has(n.index)) {
      this.#values.add(n.index)
      this.node(this.#s.model.values[n.index]!.compute)
    }
    for (const arg of n.args) this.node(arg)
  }

  #question(i: number): void {
    if (this.#seen.has(i)) return
    this.#seen.add(i)
    const p = this.#s.q[i]!, state = this.#s.answer(i).state
    if (p.shown & True && (state === '' || state === 'dont-know')) this.#in.add(i)
    if (!isOneTruth(p.shown)) this.node(this.#s.model.questions[i]!['ask-when'])
  }

  // Adds the questions of a dimension whose level is not yet one.
  dimension(d: number): void {
    if (this.#dimensions.has(d)) return
    this.#dimensions.add(d)
    for (const i of this.#s.model.dimensions[d]!.questions) if (isOpen(this.#s.q[i]!)) this.#question(i)
  }

  // Adds what a decision or target is open on.
  conditions(list: { when?: Node }[], which: number[]): void {
    for (const i of which) this.node(list[i]!.when)
  }

  // The questions that are unanswered, and those whose answer is don't know.
  split(): { unanswered: number[]; dontKnow: number[] } {
    const list = [...this.#in].sort((a, b) => a - b)
    const known = (i: number): boolean => this.#s.answer(i).state === 'dont-know'
    return { unanswered: list.filter((i) => !known(i)), dontKnow: list.filter(known) }
  }
}
