// The whole result at once, with every text: what `cairn assess --json` prints. Pages
// compute and print a part at a time, and some of it never; this is for those who compare
// the two engines.
import { targetOf } from './decide'
import { Next } from './next'
import { because } from './reason'
import { Evaluation, Result, SourceResult } from './result'
import { Words } from './words'

export function whole(evaluation: Evaluation, words: Words): Result {
  for (const step = evaluation.explain().changing(); !step.next().done;);
  const r = evaluation.order().result, { m, state } = evaluation
  r.dimensions.forEach((d, i) => {
    const first = targetOf(state, i).candidates[0]
    if (first !== undefined) d.target.reason = because(state, m.targets[first]!.when)
  })
  r.votes.forEach(({ votes }, source) => {
    const own = m.votes.filter((vote) => vote.source === source)
    votes.forEach((vote, i) => { vote.reason = because(state, own[i]!.when) })
  })
  words.now(r)
  words.change(r)
  for (const d of r.dimensions) {
    words.reason(d.reason)
    words.reason(d.target.reason)
  }
  for (const { reason } of [...r.values, ...r.decision?.outcomes ?? [], ...r.votes.flatMap(({ votes }) => votes), ...r.advice]) words.reason(reason)
  for (const v of r.votes) v.text = voteLine(words, v)
  for (const n of r.next) n.text = nextLine(words, n)
  for (const way of r.change?.ways ?? []) way.text = words.say('change.line', { changes: words.changes(way.changes), outcome: words.outcome(way.outcome) })
  return r
}

function voteLine(words: Words, v: SourceResult): string {
  const source = words.source(v.source), stance = words.say('stance.' + v.stance)
  const outcomes = v.says.filter((id) => id !== 'silent').map((id) => words.outcome(id))
  if (outcomes.length === 0 || v.stance === 'silent') return words.say('vote.line', { source, stance })
  return words.say('vote.says', { source, stance, outcomes: words.list('and', outcomes) })
}

function nextLine(words: Words, n: Next): string {
  const advice = (ids: string[]): string => words.list('and', ids.map((id) => words.advice(id)))
  const title = words.advice(n.advice)
  if (n.waits) return title + ': ' + words.say('result.waits', { advice: advice(n.waits) })
  return n.perhaps ? title + ': ' + words.say('result.perhaps-waits', { advice: advice(n.perhaps) }) : title
}
