// What may still be under some answers: generator/assessment/state.go.
import { Worlds, numbers, truths } from './expression'
import {
  Answer, Answers, Model, Node, Question, bit, countOf, isScored, isTruth, isValid, levelOf, optionIndex, unanswered, valueOfSteps,
} from './model'
import { False, None, Numbers, Ratio, Ratios, True, Truths, compareRatios, truthsOf } from './sets'

// What one question may still be.
export interface Possible {
  // The truth of its ask-when: true is shown, false hidden and counted as its
  // otherwise, none hidden and not applicable.
  shown: Truths
  // It may have a value; it may be not applicable.
  some: boolean
  na: boolean
  options: bigint
  // The options surely and perhaps among those of kind many.
  must: bigint
  may: bigint
  countLow: number
  countHigh: number
  // In steps.
  low: number
  high: number
  levelLow: number
  levelHigh: number
}

const nothing = (): Possible => ({
  shown: 0, some: false, na: false, options: 0n, must: 0n, may: 0n, countLow: 0, countHigh: 0, low: 0, high: 0, levelLow: 0, levelHigh: 0,
})

// Widens a set by another of the same question.
function add(p: Possible, o: Possible): void {
  const na = p.na || o.na
  if (!p.some) Object.assign(p, o)
  else if (o.some) {
    p.options |= o.options
    p.must &= o.must
    p.may |= o.may
    p.countLow = Math.min(p.countLow, o.countLow)
    p.countHigh = Math.max(p.countHigh, o.countHigh)
    p.low = Math.min(p.low, o.low)
    p.high = Math.max(p.high, o.high)
    p.levelLow = Math.min(p.levelLow, o.levelLow)
    p.levelHigh = Math.max(p.levelHigh, o.levelHigh)
  }
  p.na = na
}

// The set of one answer.
function exactly(q: Question, a: Answer): Possible {
  const p = nothing()
  p.some = true
  if (q.kind === 'many') {
    p.must = p.may = a.options
    p.countLow = p.countHigh = countOf(q, a.options)
  } else if (q.kind === 'number') p.low = p.high = a.number
  else p.options = bit(a.option)
  if (isScored(q)) p.levelLow = p.levelHigh = levelOf(q, a)
  return p
}

// The set of every answer.
function anything(q: Question): Possible {
  const p = nothing(), all = bit(q.options.length) - 1n
  p.some = true
  p.levelLow = q.lowest
  p.levelHigh = q.top
  if (q.kind === 'many') {
    p.may = all
    p.countHigh = countOf(q, all)
  } else if (q.kind === 'number') {
    p.low = q.min
    p.high = q.max
  } else p.options = all
  return p
}

function notApplicable(): Possible {
  const p = nothing()
  p.na = true
  return p
}

const noRatio: Ratio = { numerator: 0, denominator: 0 }

// A question whose level is not known.
export const isOpen = (p: Possible): boolean => p.some && (p.na || p.levelLow !== p.levelHigh)

export class State implements Worlds {
  answers: Answers = []
  q: Possible[] = []
  ladder: Numbers[] = []
  mean: Ratios[] = []
  values: Numbers[] = []

  constructor(readonly model: Model) {}

  // Computes the state under other answers.
  set(answers: Answers): this {
    this.answers = answers
    for (const i of this.model['ask-order']) this.question(i)
    for (let d = 0; d < this.model.dimensions.length; d++) this.dimension(d)
    for (const v of this.model['value-order']) this.value(v)
    return this
  }

  // The answer to a question; one that does not fit is none.
  answer(i: number): Answer {
    const answer = this.answers[i]
    return answer && isValid(this.model.questions[i]!, answer) ? answer : unanswered
  }

  question(i: number): void {
    const q = this.model.questions[i]!, shown = this.truths(q['ask-when'])
    let p = shown & True ? this.#asked(q, this.answer(i)) : nothing()
    if (shown & False) {
      const hidden = q.otherwise ? exactly(q, q.otherwise) : notApplicable()
      if (shown & True) add(p, hidden)
      else p = hidden
    }
    if (shown & None) p.na = true
    p.shown = shown
    this.q[i] = p
  }

  // What a question that is asked may be.
  #asked(q: Question, answer: Answer): Possible {
    if (answer.state === 'answered') return exactly(q, answer)
    if (answer.state === 'not-applicable') return notApplicable()
    const p = anything(q)
    p.na = answer.state === '' && q['not-applicable']
    return p
  }

  // The highest ladder that one question allows.
  #rung(q: Question, level: number): number {
    return level >= q.top ? this.model.top : level
  }

  // Ladder and mean from lowest to highest.
  dimension(d: number): void {
    const m = this.model
    let low = m.top, high = m.top, best = 0, must = false, may = false
    for (const i of m.dimensions[d]!.questions) {
      const p = this.q[i]!, q = m.questions[i]!
      if (!p.some) continue
      may = true
      low = Math.min(low, this.#rung(q, p.levelLow))
      if (p.na) best = Math.max(best, this.#rung(q, p.levelHigh)) // it need not cap the upper end
      else {
        must = true
        high = Math.min(high, this.#rung(q, p.levelHigh))
      }
    }
    if (!must) high = best
    this.ladder[d] = may ? { low, high, some: true, none: !must } : { low: 0, high: 0, some: false, none: !must }
    this.mean[d] = may
      ? { low: this.#extreme(d, false), high: this.#extreme(d, true), some: true, none: !must }
      : { low: noRatio, high: noRatio, some: false, none: !must }
  }

  // The exact lowest or highest mean: a question that may be N/A is taken in, in order
  // of level/top, while it lowers (raises) the ratio.
  #extreme(d: number, highest: boolean): Ratio {
    const m = this.model
    const better = (a: Ratio, b: Ratio): boolean => highest ? compareRatios(a, b) > 0 : compareRatios(a, b) < 0
    let sum = 0, top = 0
    const free: Ratio[] = []
    for (const i of m.dimensions[d]!.questions) {
      const p = this.q[i]!
      if (!p.some) continue
      const numerator = highest ? p.levelHigh : p.levelLow, denominator = m.questions[i]!.top
      if (p.na) free.push({ numerator, denominator })
      else {
        sum += numerator
        top += denominator
      }
    }
    if (free.length > 1) free.sort((a, b) => better(a, b) ? -1 : better(b, a) ? 1 : 0)
    for (const one of free) {
      if (top > 0 && !better(one, { numerator: sum, denominator: top })) break
      sum += one.numerator
      top += one.denominator
    }
    return { numerator: m.top * sum, denominator: top }
  }

  value(v: number): void {
    this.values[v] = numbers(this.model.values[v]!.compute, this)
  }

  // The truth of a condition; one that is not there always holds.
  truths(when: Node | undefined): Truths {
    return when ? truths(when, this) : True
  }

  // Whether a node is a truth, and true in every world.
  isTrue(n: Node): boolean {
    return isTruth(n) && truths(n, this) === True
  }

  // The state as the worlds of expressions.

  numbers(kind: string, index: number): Numbers {
    if (kind === 'value') return this.values[index]!
    const q = this.model.questions[index]!, p = this.q[index]!
    const set = { low: 0, high: 0, some: p.some, none: p.na }
    if (!p.some) return set
    set.low = isScored(q) ? p.levelLow : valueOfSteps(q, p.low)
    set.high = isScored(q) ? p.levelHigh : valueOfSteps(q, p.high)
    return set
  }

  holds(index: number): Truths {
    return this.has(index, optionIndex(this.model.questions[index]!, 'yes'))
  }

  options(index: number): { bits: bigint; none: boolean } {
    const p = this.q[index]!
    return { bits: p.options, none: p.na }
  }

  has(index: number, option: number): Truths {
    const p = this.q[index]!, one = bit(option)
    const set = this.model.questions[index]!.kind === 'many'
      ? truthsOf(p.some && (p.may & one) !== 0n, p.some && (p.must & one) === 0n)
      : truthsOf((p.options & one) !== 0n, (p.options & ~one) !== 0n)
    return set | (p.na ? None : 0)
  }

  counts(index: number): Numbers {
    const p = this.q[index]!
    return { low: p.countLow, high: p.countHigh, some: p.some, none: p.na }
  }

  level(dimension: number): Numbers { return this.ladder[dimension]! }
  meanOf(dimension: number): Ratios { return this.mean[dimension]! }

  applies(kind: string, index: number): Truths {
    const { some, none } = kind === 'dimension' ? this.ladder[index]! : { some: this.q[index]!.some, none: this.q[index]!.na }
    return truthsOf(some, none)
  }

  // The questions that hold a dimension at level n.
  holders(d: number, n: number): number[] {
    const m = this.model
    if (n >= m.top) return []
    return m.dimensions[d]!.questions.filter((i) => {
      const p = this.q[i]!
      return p.some && !p.na && p.levelHigh < Math.min(n + 1, m.questions[i]!.top)
    })
  }
}
