// Next steps and near misses: generator/assessment/next.go.
import { Node } from './model'
import { only, targetOf, Verdict, verdictOf } from './decide'
import { truths } from './expression'
import { Reason, Reasoner } from './reason'
import { False, not, True, Truths } from './sets'
import { State } from './state'

// Given advice in the order of the next steps. An empty list is left out in Go's JSON, as
// undefined is here.
export interface Next {
  advice: string
  ready: boolean
  waits?: string[]
  perhaps?: string[]
  gap: number
  text?: string
}

export const some = <T>(list: T[]): T[] | undefined => list.length > 0 ? list : undefined

export function nextOf(s: State): Next[] {
  const m = s.model
  const verdicts = m.advice.map((a): Verdict => verdictOf(s.truths(a.when)))
  const steps = m.advice.map((a, i) => {
    const waits = a.after.filter((after) => verdicts[after] === 'given'), open = a.after.filter((after) => verdicts[after] === 'open')
    let gap = 0, ladder = m.top + 1
    const now = a.dimension < 0 ? undefined : s.ladder[a.dimension]!
    if (now?.some) {
      ladder = now.low
      const target = only(targetOf(s, a.dimension))
      if (target >= 0) gap = Math.max(0, m.targets[target]!.level - ladder)
    }
    return { i, waits, open, gap, ladder }
  }).filter(({ i }) => verdicts[i] === 'given')
  steps.sort((a, b) => Math.min(a.waits.length, 1) - Math.min(b.waits.length, 1) || b.gap - a.gap || a.ladder - b.ladder
    || m.advice[a.i]!.effort - m.advice[b.i]!.effort)
  const ids = (list: number[]): string[] | undefined => some(list.map((i) => m.advice[i]!.id))
  return steps.map(({ i, waits, open, gap }) => ({
    advice: m.advice[i]!.id, ready: waits.length === 0, waits: ids(waits), perhaps: ids(open), gap,
  }))
}

// Advice that is not given, but nearly.
export interface Near { advice: string; missing: number; leaves: Reason[]; text?: string }

// A leaf that is not as wanted: true, or under ! false.
export interface Leaf { node: Node; want: Truths }

const mostNear = 5
// The cost of a constant that can never be what is wanted.
const impossible = 1000

export function nearOf(s: State): Near[] {
  const list = s.model.advice.map(({ id, when }) => ({ id, when, cost: when && verdictOf(s.truths(when)) === 'not-given' ? missing(s, when, True) : impossible }))
    .filter(({ cost }) => cost < impossible)
  list.sort((a, b) => a.cost - b.cost)
  return list.slice(0, mostNear).map(({ id, when, cost }) => {
    const leaves: Leaf[] = []
    missing(s, when!, True, leaves)
    return {
      advice: id, missing: cost,
      leaves: leaves.map((leaf) => {
        const r = new Reasoner(s).node(leaf.node)
        if (leaf.want === False) r.not = true
        return r
      }),
    }
  })
}

// Counts the leaves that are not as wanted on the cheapest branch: and adds, or takes
// the least. If leaves is given, those on the branch are gathered.
export function missing(s: State, n: Node, want: Truths, leaves?: Leaf[]): number {
  if (n.op === 'not') return missing(s, n.args[0]!, not(want), leaves)
  if (n.op === 'and' || n.op === 'or') {
    if ((n.op === 'and') === (want === True)) {
      return Math.min(n.args.reduce((sum, arg) => sum + missing(s, arg, want, leaves), 0), impossible)
    }
    let best = n.args[0]!, least = impossible + 1
    for (const arg of n.args) {
      const cost = missing(s, arg, want)
      if (cost < least) [best, least] = [arg, cost]
    }
    return missing(s, best, want, leaves)
  }
  if (truths(n, s) & want) return 0
  if (n.op === 'true' || n.op === 'false') return impossible
  leaves?.push({ node: n, want })
  return 1
}
