// Everything that some answers show, and what may still be: generator/assessment/result.go.
// Its JSON is the tree that `cairn assess --json` prints, whatever the order of the keys;
// what is left out there when it is empty is undefined here.
import { Answers, Model, Node } from './model'
import { decisionOf, First, isSettled, only, says, Stance, Support, targetOf, Verdict, verdictOf } from './decide'
import { Change, Changer, Raise } from './change'
import { Near, nearOf, Next, nextOf, some } from './next'
import { orderOf } from './order'
import { because, MeanSpan, meanSpanOf, Reason, Reasoner, Span, spanOf } from './reason'
import { isOneNumber, Numbers, True } from './sets'
import { State } from './state'

export interface Item {
  standing: 'settled' | 'open' | 'as-settled'
  unanswered?: string[]
  'dont-know'?: string[]
  reason?: Reason
}

export interface Counts { answered: number; 'dont-know': number; 'not-applicable': number; unanswered: number; hidden: number }
export interface Holder { question: string; level?: number; 'hidden-by'?: string[] }
export interface Target extends Item { levels: number[]; none?: true }
export interface DimensionResult extends Item {
  id: string; ladder: Span; mean: MeanSpan; holders: Holder[]; target: Target; raise?: Raise; text?: string
}
export interface ValueResult extends Item {
  id: string; number: Span; benchmarks?: { segment: string; position: string }[]; text?: string
}
export interface OutcomeResult { id: string; verdict: Verdict; truths?: string[]; reason?: Reason }
export interface DecisionResult extends Item {
  outcome?: string; candidates: string[]; none?: true; outcomes: OutcomeResult[]; text?: string
}
export interface VoteResult { outcome: string; verdict: Verdict; truths?: string[]; reason?: Reason }
export interface SourceResult extends Item { source: string; stance: Stance; says?: string[]; votes: VoteResult[]; text?: string }
export interface AdviceResult extends Item { id: string; verdict: Verdict; truths?: string[] }

export interface Result {
  assessment?: string
  version?: number
  counts: Counts
  hidden: string[]
  dimensions: DimensionResult[]
  values: ValueResult[]
  decision?: DecisionResult
  votes: SourceResult[]
  advice: AdviceResult[]
  next: Next[]
  near?: Near[]
  change?: Change
  ask?: string[]
}

// An evaluation is a result with the state it comes from. It holds what a page shows at
// once; explain, changing and order add what it needs later, and whole.ts what no page does.
export class Evaluation {
  readonly state: State
  readonly result: Result

  constructor(readonly m: Model, answers: Answers) {
    const s = this.state = new State(m).set(answers)
    const decision = decisionOf(s)
    const { counts, hidden } = this.#count()
    this.result = {
      counts, hidden,
      dimensions: m.dimensions.map((_, d) => this.#dimension(d)),
      values: m.values.map((_, v) => this.#value(v)),
      decision: m.outcomes.length > 0 ? this.#decision(decision) : undefined,
      votes: m.sources.map((_, source) => this.#source(source, decision)),
      advice: m.advice.map(({ id, when }) => {
        const verdict = this.#verdict(when)
        return { id, verdict, ...this.#item(verdict !== 'open', (u) => u.node(when)) }
      }),
      next: nextOf(s),
    }
  }

  #ids(list: number[]): string[] | undefined {
    return some(list.map((i) => this.m.questions[i]!.id))
  }

  #count(): { counts: Counts; hidden: string[] } {
    const counts: Counts = { answered: 0, 'dont-know': 0, 'not-applicable': 0, unanswered: 0, hidden: 0 }
    const hidden: string[] = []
    this.m.questions.forEach((q, i) => {
      if (this.state.q[i]!.shown & True) counts[this.state.answer(i).state || 'unanswered']++
      else counts.hidden = hidden.push(q.id)
    })
    return { counts, hidden }
  }

  // How something stands; if it is open, gather finds on what.
  #item(settled: boolean, gather: (u: Support) => void): Item {
    if (settled) return { standing: 'settled' }
    const u = new Support(this.state)
    gather(u)
    const { unanswered, dontKnow } = u.split()
    return { standing: unanswered.length > 0 ? 'open' : 'as-settled', unanswered: this.#ids(unanswered), 'dont-know': this.#ids(dontKnow) }
  }

  #dimension(d: number): DimensionResult {
    const s = this.state, m = this.m, ladder = s.ladder[d]!
    const holders = ladder.some ? s.holders(d, ladder.high).map((i): Holder => ({
      question: m.questions[i]!.id, 'hidden-by': s.q[i]!.shown & True ? undefined : this.#ids(this.#hiders(i)),
    })) : []
    const f = targetOf(s, d)
    const levels = [...new Set(f.candidates.map((i) => m.targets[i]!.level))]
    return {
      id: m.dimensions[d]!.id, ...this.#item(isOneNumber(ladder), (u) => u.dimension(d)),
      ladder: spanOf(ladder), mean: meanSpanOf(s.mean[d]!), holders,
      target: {
        ...this.#item(isSettled(f) || levels.length === 1 && !f.none, (u) => u.conditions(m.targets, f.open)),
        levels, none: f.none || undefined,
      },
    }
  }

  // The shown questions that keep a question hidden.
  #hiders(i: number): number[] {
    const s = this.state, list: number[] = [], seen = new Set([i])
    const gather = (n: Node | undefined): void => {
      if (!n || s.isTrue(n)) return
      if (n.kind === 'question' && !seen.has(n.index)) {
        seen.add(n.index)
        if (s.q[n.index]!.shown & True) list.push(n.index)
        else gather(this.m.questions[n.index]!['ask-when'])
      }
      n.args.forEach(gather)
    }
    gather(this.m.questions[i]!['ask-when'])
    return list
  }

  #value(v: number): ValueResult {
    const m = this.m, { id, compute } = m.values[v]!, set = this.state.values[v]!
    return {
      id, ...this.#item(isOneNumber(set), (u) => u.node(compute)), number: spanOf(set),
      benchmarks: some(m.benchmarks.filter(({ value }) => value === v)
        .map(({ segment, mean, deviation }) => ({ segment, position: position(set, mean - deviation, mean + deviation) }))),
    }
  }

  #decision(f: First): DecisionResult {
    const { outcomes } = this.m
    return {
      ...this.#item(isSettled(f), (u) => u.conditions(outcomes, f.open)),
      outcome: outcomes[only(f)]?.id, candidates: f.candidates.map((i) => outcomes[i]!.id), none: f.none || undefined,
      outcomes: outcomes.map(({ id, when }) => ({ id, verdict: this.#verdict(when) })),
    }
  }

  #verdict(when: Node | undefined): Verdict { return verdictOf(this.state.truths(when)) }

  #source(source: number, decision: First): SourceResult {
    const m = this.m, { open, stance } = says(this.state, source, decision)
    return {
      source: m.sources[source]!, stance,
      ...this.#item(stance !== 'open', (u) => open.length > 0 ? u.conditions(m.votes, open) : u.conditions(m.outcomes, decision.open)),
      votes: m.votes.filter((vote) => vote.source === source)
        .map(({ outcome, when }) => ({ outcome: m.outcomes[outcome]?.id ?? 'silent', verdict: this.#verdict(when) })),
    }
  }

  // Adds the reasons that a page shows, and near misses.
  explain(): this {
    const s = this.state, m = this.m, r = this.result
    r.dimensions.forEach((d, i) => { d.reason = new Reasoner(s).score(i) })
    r.values.forEach((v, i) => { v.reason = new Reasoner(s).value(i) })
    r.decision?.outcomes.forEach((o, i) => { o.reason = because(s, m.outcomes[i]!.when) })
    r.advice.forEach((a, i) => { a.reason = because(s, m.advice[i]!.when) })
    r.near = some(nearOf(s))
    return this
  }

  // Adds what would raise each dimension and change the decision, in steps.
  *changing(): Generator<undefined> {
    const changer = new Changer(this.state)
    for (let d = 0; d < this.m.dimensions.length; d++) {
      this.result.dimensions[d]!.raise = changer.raise(d)
      yield
    }
    if (this.m.outcomes.length > 0) this.result.change = yield* changer.decision()
  }

  // Adds the questions that can still change something, in the order of the short way.
  order(): this {
    this.result.ask ??= this.#ids(orderOf(this.state))
    return this
  }
}

// Sets a number against the ends of a published deviation.
function position(set: Numbers, low: number, high: number): string {
  if (!set.some) return 'none'
  if (set.none) return 'open'
  if (set.high < low) return 'below'
  if (set.low > high) return 'above'
  return set.low >= low && set.high <= high ? 'within' : 'open'
}
