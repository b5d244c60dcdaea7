// The whole result at once, with every text: what `cairn assess --json` prints. Pages
// compute and print a part at a time, and some of it never; this is for those who compare
// the two engines.
import { targetOf } from './decide'
import { isTruth, Model, Node } from './model'
import { Next, some } from './next'
import { because, nodes, Reason } from './reason'
import { Evaluation, Result, SourceResult } from './result'
import { truthNames } from './sets'
import { Words } from './words'

export function whole(evaluation: Evaluation, words: Words): Result {
  for (const step = evaluation.explain().changing(); !step.next().done;);
  const r = evaluation.order().result, { m, state } = evaluation
  complete(evaluation)
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
  for (const { leaves } of r.near ?? []) for (const leaf of leaves) named(m, leaf)
  for (const { reason } of [...r.dimensions, ...r.dimensions.map(({ target }) => target), ...r.values, ...r.decision?.outcomes ?? [], ...r.votes.flatMap(({ votes }) => votes), ...r.advice]) {
    named(m, reason)
    words.reason(reason)
  }
  for (const v of r.votes) v.text = voteLine(words, v)
  for (const n of r.next) n.text = nextLine(words, n)
  for (const way of r.change?.ways ?? []) way.text = words.say('change.line', { changes: words.changes(way.changes), outcome: words.outcome(way.outcome) })
  return r
}

// Adds what is in the tree and on no page.
function complete({ m, state, result: r }: Evaluation): void {
  const names = (when: Node | undefined): string[] => truthNames(state.truths(when))
  r.assessment = m.id
  r.version = m.version
  r.dimensions.forEach(({ holders }) => holders.forEach((holder) => { holder.level = state.q[m.questions.findIndex(({ id }) => id === holder.question)]!.levelHigh }))
  r.decision?.outcomes.forEach((outcome, i) => { outcome.truths = names(m.outcomes[i]!.when) })
  r.advice.forEach((advice, i) => { advice.truths = names(m.advice[i]!.when) })
  r.votes.forEach((source, i) => {
    const own = m.votes.filter((vote) => vote.source === i)
    source.votes.forEach((vote, j) => { vote.truths = names(own[j]!.when) })
    source.says = [...new Set(source.votes.filter(({ verdict }) => verdict === 'given').map(({ outcome }) => outcome))]
  })
}

// Adds to a tree of reasons what its nodes read.
function named(m: Model, r: Reason | undefined): void {
  const n = r && nodes.get(r)
  if (n) {
    r.sign = n.sign || undefined
    if (n.kind && !n.args.some(isTruth)) {
      r.id = (n.kind === 'dimension' ? m.dimensions : n.kind === 'value' ? m.values : m.questions)[n.index]!.id
      r.options = some(n.options.map((o) => m.questions[n.index]!.options[o]!.id))
    }
  }
  r?.parts?.forEach((part) => named(m, part))
}

function voteLine(words: Words, v: SourceResult): string {
  const source = words.source(v.source), stance = words.say('stance.' + v.stance)
  const outcomes = (join: string, ids: string[]): string => words.list(join, ids.map((id) => words.outcome(id)))
  const given = v.says!.filter((id) => id !== 'silent')
  const open = v.votes.filter(({ verdict }) => verdict === 'open').map(({ outcome }) => outcome)
  const perhaps = [...new Set(open)].filter((id) => id !== 'silent' && !given.includes(id))
  const line = given.length > 0 ? words.say('vote.says', { source, stance, outcomes: outcomes('and', given) }) : words.say('vote.line', { source, stance })
  return perhaps.length > 0 ? words.say('vote.perhaps', { line, outcomes: outcomes('or', perhaps) }) : line
}

function nextLine(words: Words, n: Next): string {
  const advice = (ids: string[]): string => words.list('and', ids.map((id) => words.advice(id)))
  const title = words.advice(n.advice)
  if (n.waits) return title + ': ' + words.say('result.waits', { advice: advice(n.waits) })
  return n.perhaps ? title + ': ' + words.say('result.perhaps-waits', { advice: advice(n.perhaps) }) : title
}
