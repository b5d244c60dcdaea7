// The order of the short way: generator/assessment/order.go.
import { Answer, answered, bit, Node, Question } from './model'
import { decisionOf, isSettled, Support, targetOf, verdictOf } from './decide'
import { isOneNumber, True } from './sets'
import { State } from './state'
import { Trial } from './trial'

// One answer of each kind that must be tried: each option, one number per cell, one
// set for each count.
export function choices(q: Question): Answer[] {
  if (q.kind === 'number') return q.cells.map((number) => answered({ number }))
  if (q.kind !== 'many') return q.options.map((_, option) => answered({ option }))
  let options = 0n
  const list = [answered({ options })]
  q.options.forEach((option, i) => {
    if (!option.exclusive) list.push(answered({ options: options |= bit(i) }))
  })
  return list
}

// The unanswered questions that can still change something, the most telling first.
export function orderOf(s: State): number[] {
  const m = s.model, support = new Support(s)
  support.conditions(m.outcomes, decisionOf(s).open)
  let list = support.split().unanswered
  const all = list.length === 0
  if (all) {
    allSupport(s, support)
    list = support.split().unanswered
  }
  const sure = list.filter((i) => s.q[i]!.shown === True)
  if (sure.length > 0) list = sure
  const trial = new Trial(m, s.answers)
  const ranked = list.map((i) => promiseOf(trial, i, all))
  ranked.sort((a, b) => b.outcomes * a.tries - a.outcomes * b.tries || b.advice * a.tries - a.advice * b.tries)
  return ranked.map(({ i }) => i)
}

// What an answer is worth: sums over tries, so that their means compare exactly.
function promiseOf(trial: Trial, i: number, all: boolean): { i: number; outcomes: number; advice: number; tries: number } {
  const p = { i, outcomes: 0, advice: 0, tries: 0 }
  const before = trial.answers[i]!
  for (const choice of choices(trial.model.questions[i]!)) {
    trial.put(i, choice)
    p.tries++
    const f = decisionOf(trial), count = trial.model.outcomes.length
    p.outcomes += isSettled(f) ? count : count - f.candidates.length
    p.advice += settled(trial, trial.model.advice)
    if (all) p.outcomes += settledOthers(trial)
  }
  trial.put(i, before)
  return p
}

const settled = (s: State, list: { when?: Node }[]): number => list.filter(({ when }) => verdictOf(s.truths(when)) !== 'open').length

function settledOthers(s: State): number {
  let n = settled(s, s.model.votes)
  s.model.dimensions.forEach((_, d) => {
    n += (isOneNumber(s.ladder[d]!) ? 1 : 0) + (isSettled(targetOf(s, d)) ? 1 : 0)
  })
  return n
}

// Gathers the support of every item.
function allSupport(s: State, support: Support): void {
  const m = s.model
  m.dimensions.forEach((_, d) => {
    if (!isOneNumber(s.ladder[d]!)) support.dimension(d)
    support.conditions(m.targets, targetOf(s, d).open)
  })
  for (const { when } of [...m.advice, ...m.votes]) if (verdictOf(s.truths(when)) === 'open') support.node(when)
  m.values.forEach(({ compute }, v) => {
    if (!isOneNumber(s.values[v]!)) support.node(compute)
  })
}
