// What an expression may be, over what its names may be: generator/expr/sets.go.
import { Node, powerOfTen } from './model'
import {
  Numbers, Ratios, Truths, True, False, None, alone, and, compareRatios, compareSets, exactly, not, or, same, together, union,
} from './sets'

// What may still be: for each name the set of its values.
export interface Worlds {
  numbers(kind: string, index: number): Numbers
  holds(index: number): Truths
  options(index: number): { bits: bigint; none: boolean }
  has(index: number, option: number): Truths
  counts(index: number): Numbers
  level(dimension: number): Numbers
  meanOf(dimension: number): Ratios
  applies(kind: string, index: number): Truths
}

export function truths(n: Node, w: Worlds): Truths {
  switch (n.op) {
    case 'true': return True
    case 'false': return False
    case 'holds': return w.holds(n.index)
    case 'has': return w.has(n.index, n.options[0]!)
    case 'is':
    case 'is-not': return among(n, w)
    case 'applies': return w.applies(n.kind, n.index)
    case 'mean-compare': return meanTruths(n, w.meanOf(n.index))
    case 'and': return n.args.reduce((set, arg) => and(set, truths(arg, w)), True)
    case 'or': return n.args.reduce((set, arg) => or(set, truths(arg, w)), False)
    case 'not': return not(truths(n.args[0]!, w))
    case 'if': {
      const condition = truths(n.args[0]!, w)
      return (condition & True ? truths(n.args[1]!, w) : 0) | (condition & False ? truths(n.args[2]!, w) : 0) | (condition & None)
    }
    case 'same': return same(n.sign, truths(n.args[0]!, w), truths(n.args[1]!, w))
    case 'compare': return compareSets(n.sign, numbers(n.args[0]!, w), numbers(n.args[1]!, w))
  }
  return None
}

function among(n: Node, w: Worlds): Truths {
  const set = w.options(n.index)
  const result = (set.bits & n.mask ? True : 0) | (set.bits & ~n.mask ? False : 0)
  return (n.op === 'is-not' ? not(result) : result) | (set.none ? None : 0)
}

// A mean is compared with a constant in integers.
function meanTruths(n: Node, mean: Ratios): Truths {
  const constant = { numerator: n.units, denominator: powerOfTen(n.places) }
  const set: Numbers = { low: 0, high: 0, some: mean.some, none: mean.none }
  if (mean.some) {
    set.low = compareRatios(mean.low, constant)
    set.high = compareRatios(mean.high, constant)
  }
  return compareSets(n.sign, set, exactly(0))
}

export function numbers(n: Node, w: Worlds): Numbers {
  switch (n.op) {
    case 'number': return exactly(n.number)
    case 'read': return w.numbers(n.kind, n.index)
    case 'count': return w.counts(n.index)
    case 'level': return w.level(n.index)
    case 'mean': {
      const { low, high, some, none } = w.meanOf(n.index)
      return { low: some ? low.numerator / low.denominator : 0, high: some ? high.numerator / high.denominator : 0, some, none }
    }
    case 'if': {
      const condition = truths(n.args[0]!, w)
      let set: Numbers = { low: 0, high: 0, some: false, none: (condition & None) !== 0 }
      if (condition & True) set = union(set, numbers(n.args[1]!, w))
      if (condition & False) set = union(set, numbers(n.args[2]!, w))
      return set
    }
  }
  let result = numbers(n.args[0]!, w)
  if (n.args.length === 1) return alone(n.op, powerOfTen(n.places), result)
  for (let i = 1; i < n.args.length; i++) result = together(n.op, result, numbers(n.args[i]!, w))
  return result
}
