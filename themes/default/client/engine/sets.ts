// Sets of what may still be, and the operations on them: generator/expr/sets.go and
// kleene.go, in the same order, so that every end is the same double.

// Which of true, false and none may still be, a bit each.
export type Truths = number
export const True = 1
export const False = 2
export const None = 4

export const isOneTruth = (t: Truths): boolean => t === True || t === False || t === None

export function truthNames(t: Truths): string[] {
  return ['true', 'false', 'none'].filter((_, i) => t & (1 << i))
}

// Kleene's tables over sets: what some pair of their elements gives.
export const not = (a: Truths): Truths => (a & True && False) | (a & False && True) | (a & None)
export const and = (a: Truths, b: Truths): Truths => a && b &&
  (a & b & True) | ((a | b) & False) | (a & None && b & ~False || b & None && a & ~False ? None : 0)
export const or = (a: Truths, b: Truths): Truths => not(and(not(a), not(b)))
export function same(sign: string, a: Truths, b: Truths): Truths {
  const set = a && b && (a & b & ~None && True) | (a & True && b & False || a & False && b & True ? False : 0) | ((a | b) & None)
  return sign === '==' ? set : not(set)
}

// The set of what may be true and what may be false.
export const truthsOf = (may: boolean, mayNot: boolean): Truths => (may ? True : 0) | (mayNot ? False : 0)

// The largest magnitude of a number; beyond it a result is none.
export const limit = 2 ** 53

// Everything from low to high, if some; and none, if none.
export interface Numbers { low: number; high: number; some: boolean; none: boolean }

export const exactly = (x: number): Numbers => ({ low: x, high: x, some: true, none: false })
const onlyNone: Numbers = { low: 0, high: 0, some: false, none: true }

export const isOneNumber = (n: Numbers): boolean => n.some !== n.none && (!n.some || n.low === n.high)

export function union(a: Numbers, b: Numbers): Numbers {
  const none = a.none || b.none
  if (!a.some) return { ...b, none }
  if (!b.some) return { ...a, none }
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), some: true, none }
}

// An exact mean; the denominator is above zero.
export interface Ratio { numerator: number; denominator: number }
export interface Ratios { low: Ratio; high: Ratio; some: boolean; none: boolean }

// -1, 0 or 1. Both products are far below 2^53: levels, questions and places are few.
export const compareRatios = (a: Ratio, b: Ratio): number => Math.sign(a.numerator * b.denominator - b.numerator * a.denominator)

export function reduced(r: Ratio): Ratio {
  let a = Math.abs(r.numerator), b = r.denominator
  while (b !== 0) {
    const rest = a % b
    a = b
    b = rest
  }
  return a < 2 ? r : { numerator: r.numerator / a, denominator: r.denominator / a }
}

export const isOneRatio = (r: Ratios): boolean => r.some !== r.none && (!r.some || compareRatios(r.low, r.high) === 0)

export function compareSets(sign: string, a: Numbers, b: Numbers): Truths {
  if (sign[0] === '>') return compareSets('<' + sign.slice(1), b, a)
  if (sign === '!=') return not(compareSets('==', a, b))
  const none = a.none || b.none ? None : 0
  if (!a.some || !b.some) return none
  const set = sign === '<' ? truthsOf(a.low < b.high, a.high >= b.low)
    : sign === '<=' ? truthsOf(a.low <= b.high, a.high > b.low)
    : truthsOf(a.low <= b.high && b.low <= a.high, a.low !== a.high || b.low !== b.high || a.low !== b.low)
  return none | set
}

// Half away from zero: floor(|x| · 10^places + 0.5) / 10^places with the sign of x.
function round(x: number, power: number): number {
  const rounded = Math.floor(Math.abs(x) * power + 0.5) / power
  return x < 0 ? -rounded : rounded
}

// An operation of one argument. Each is monotone or the mirror of a monotone one.
export function alone(op: string, power: number, a: Numbers): Numbers {
  if (!a.some) return a
  const one = (x: number): number => {
    switch (op) {
      case 'negate': return -x
      case 'abs': return Math.abs(x)
      case 'floor': return Math.floor(x)
      case 'ceil': return Math.ceil(x)
    }
    return round(x, power)
  }
  let low = one(a.low), high = one(a.high)
  if (op === 'negate' || op === 'abs' && a.high < 0) [low, high] = [high, low]
  else if (op === 'abs' && a.low <= 0) [low, high] = [0, Math.max(low, high)]
  return bounded(low, high, a.none)
}

// An operation of two arguments.
export function together(op: string, a: Numbers, b: Numbers): Numbers {
  if (!a.some || !b.some) return onlyNone
  const none = a.none || b.none
  switch (op) {
    case 'add': return bounded(a.low + b.low, a.high + b.high, none)
    case 'subtract': return bounded(a.low - b.high, a.high - b.low, none)
    case 'min': return bounded(Math.min(a.low, b.low), Math.min(a.high, b.high), none)
    case 'max': return bounded(Math.max(a.low, b.low), Math.max(a.high, b.high), none)
  }
  const divides = op === 'divide'
  if (divides && b.low <= 0 && b.high >= 0) {
    return b.low === b.high ? onlyNone : { low: -limit, high: limit, some: true, none: true }
  }
  const one = (x: number, y: number): number => divides ? x / y : x * y
  const ends = [one(a.low, b.low), one(a.low, b.high), one(a.high, b.low), one(a.high, b.high)]
  return bounded(Math.min(...ends), Math.max(...ends), none)
}

// Keeps an interval within ±2^53: what lies beyond is none.
function bounded(low: number, high: number, none: boolean): Numbers {
  if (low > limit || high < -limit) return onlyNone
  if (low < -limit) { low = -limit; none = true }
  if (high > limit) { high = limit; none = true }
  if (low === 0) low = 0 // not -0
  if (high === 0) high = 0
  return { low, high, some: true, none }
}
