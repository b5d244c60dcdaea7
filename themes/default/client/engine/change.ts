// What would raise a dimension, and what would change the decision:
// generator/assessment/change.go.
import {
  Answer, answered, Answers, bit, countOf, isScored, levelAt, levelOf, mentioned, Question, sameAnswer, said, Said, unanswered,
} from './model'
import { decided, decisionOf } from './decide'
import { Leaf, missing, some } from './next'
import { truths } from './expression'
import { reduced, True } from './sets'
import { State } from './state'
import { Trial } from './trial'

export interface ChangeTo { question: string; from: Said | null; to: Said }
export interface Needed { question: string; level: number }
export interface Raise { to: number; changes: ChangeTo[]; 'at-least'?: Needed[]; text?: string }
export interface Way { changes: ChangeTo[]; outcome: string; text?: string }
export interface Change { ways: Way[]; more?: number }

interface One { question: number; to: Answer }

const mostWays = 50

// Tries other answers. It begins with those that count: an answer to a hidden
// question is void.
export class Changer {
  readonly answers: Answers
  readonly trial: Trial

  constructor(readonly now: State) {
    this.answers = now.model.questions.map((_, i) => now.q[i]!.shown & True ? now.answer(i) : unanswered)
    this.trial = new Trial(now.model, this.answers)
  }

  #change(i: number, to: Answer): ChangeTo {
    const q = this.now.model.questions[i]!, from = this.answers[i]!
    return { question: q.id, from: from.state === 'answered' ? said(q, from) : null, to: said(q, to) }
  }

  // Lifts the upper end of a ladder by one. Nothing at the top, or where nothing helps.
  raise(d: number): Raise | undefined {
    const m = this.now.model, ladder = this.now.ladder[d]!
    if (!ladder.some || ladder.high >= m.top) return undefined
    const r = new Raising(this, d, ladder.high)
    for (let rounds = 2 * m.questions.length + 1; rounds > 0; rounds--) if (!r.round()) break
    r.assume()
    const set = this.trial.ladder[d]!
    if (!set.some || set.high <= r.n) return undefined
    const changes: ChangeTo[] = [], needed: Needed[] = []
    m.questions.forEach((q, i) => {
      if (!sameAnswer(r.answers[i]!, this.answers[i]!)) changes.push(this.#change(i, r.answers[i]!))
      const level = r.needed.get(i)
      if (level !== undefined && q.lowest < level) needed.push({ question: q.id, level })
    })
    return { to: r.n + 1, changes, 'at-least': some(needed) }
  }

  // The least changes that let a hidden question be asked: on the cheapest branch of
  // its ask-when, for each leaf the first answer that makes it true.
  show(i: number, answers: Answers, depth: number): One[] {
    const m = this.now.model, when = m.questions[i]!['ask-when']
    if (depth > m.questions.length || !when) return []
    const leaves: Leaf[] = [], s = new State(m).set(answers)
    missing(s, when, True, leaves)
    return leaves.flatMap((leaf) => this.#fulfil(s, leaf, answers, depth))
  }

  #fulfil(s: State, leaf: Leaf, answers: Answers, depth: number): One[] {
    const m = this.now.model, changed = answers.slice(), trial = new State(m)
    for (const j of mentioned(leaf.node)) {
      if (!(s.q[j]!.shown & True)) return this.show(j, answers, depth + 1)
      const q = m.questions[j]!, list = alternatives(q, answers[j]!)
      if (isScored(q)) list.sort((a, b) => levelOf(q, a) - levelOf(q, b))
      for (const to of list) {
        changed[j] = to
        if (truths(leaf.node, trial.set(changed)) === leaf.want) return [{ question: j, to }]
      }
      changed[j] = answers[j]!
    }
    return []
  }

  // The single changes after which the decision is settled and none of the present
  // candidates; or if there is none, the pairs. It stops after every few, so that a page
  // can search while nobody waits.
  *decision(): Generator<undefined, Change> {
    const m = this.now.model, trial = this.trial
    const present = decisionOf(this.now).candidates
    const { questions, dimensions } = m.decides
    const ways: Way[] = []
    let more = 0
    trial.reset(this.answers)
    // Lists the changes if the trial, in which they are made, is decided anew.
    const note = (...changes: One[]): void => {
      const only = decided(trial)
      if (only < 0 || present.includes(only)) return
      if (ways.length === mostWays) more++
      else ways.push({ changes: changes.map(({ question, to }) => this.#change(question, to)), outcome: m.outcomes[only]!.id })
    }
    const single = [...new Set([...questions, ...dimensions.flatMap((d) => m.dimensions[d]!.questions)])].sort((a, b) => a - b)
    for (const i of single) {
      for (const one of this.#changesOf(i)) {
        const before = trial.put(i, one.to)
        note(one)
        trial.put(i, before)
      }
      yield
    }
    if (ways.length === 0) {
      const list = this.#participants(questions, dimensions)
      for (let a = 0; a < list.length; a++) {
        const others = list.slice(a + 1).flat()
        for (const first of list[a]!) {
          const before = trial.put(first.question, first.to)
          for (const second of others) {
            if (first.question === second.question) continue
            const undo = trial.put(second.question, second.to)
            note(first, second)
            trial.put(second.question, undo)
          }
          trial.put(first.question, before)
          yield
        }
      }
    }
    return { ways, more: more || undefined }
  }

  // The changes of an answered question.
  #changesOf(i: number): One[] {
    const answer = this.answers[i]!
    return answer.state === 'answered' ? alternatives(this.now.model.questions[i]!, answer).map((to) => ({ question: i, to })) : []
  }

  // A participant is a question with its other answers, or a dimension with the
  // distinct scores that one changed question gives it.
  #participants(questions: number[], dimensions: number[]): One[][] {
    const list = questions.map((i) => this.#changesOf(i))
    const score = (s: State, d: number): string => {
      const ladder = s.ladder[d]!, mean = s.mean[d]!
      return JSON.stringify([ladder, mean.none, mean.some && [reduced(mean.low), reduced(mean.high)]])
    }
    for (const d of dimensions) {
      const seen = new Set([score(this.now, d)])
      list.push(this.now.model.dimensions[d]!.questions.filter((i) => !questions.includes(i)).flatMap((i) => this.#changesOf(i)).filter((one) => {
        const before = this.trial.put(one.question, one.to), key = score(this.trial, d)
        this.trial.put(one.question, before)
        return !seen.has(key) && seen.add(key)
      }))
    }
    return list
  }
}

// The work of raising one dimension, from level n.
class Raising {
  readonly #c: Changer
  readonly #d: number
  readonly answers: Answers
  // The least level of questions without an answer.
  readonly needed = new Map<number, number>()

  constructor(c: Changer, d: number, readonly n: number) {
    this.#c = c
    this.#d = d
    this.answers = c.answers.slice()
  }

  #open(i: number): boolean {
    const { state } = this.answers[i]!
    return state === '' || state === 'dont-know'
  }

  // Computes the trial with every needed question at its least level.
  assume(): Answers {
    const m = this.#c.now.model, trial = this.#c.trial, assumed = this.answers.slice()
    for (;;) {
      this.needed.forEach((level, i) => {
        const to = atLeast(m.questions[i]!, level, unanswered)
        if (to) assumed[i] = to
      })
      trial.reset(assumed)
      let more = false
      for (const i of m.dimensions[this.#d]!.questions) {
        const p = trial.q[i]!
        if (!this.needed.has(i) && this.#open(i) && p.some && p.shown & True) {
          this.needed.set(i, Math.min(this.n + 1, m.questions[i]!.top))
          more = true
        }
      }
      if (!more) return assumed
    }
  }

  // Changes each holder to what is enough. It tells whether anything changed.
  round(): boolean {
    const m = this.#c.now.model, assumed = this.assume()
    let progress = false
    for (const i of this.#c.trial.holders(this.#d, this.n)) {
      const q = m.questions[i]!
      if (this.#c.trial.q[i]!.shown & True) {
        const to = atLeast(q, Math.min(this.n + 1, q.top), this.answers[i]!)
        if (to && !sameAnswer(this.answers[i]!, to)) {
          this.answers[i] = to
          progress = true
        }
        continue
      }
      for (const { question, to } of this.#c.show(i, assumed, 0)) {
        const other = m.questions[question]!
        if (this.#open(question) && isScored(other)) {
          const level = levelOf(other, to)
          if ((this.needed.get(question) ?? 0) < level) {
            this.needed.set(question, level)
            progress = true
          }
        } else if (!sameAnswer(this.answers[question]!, to)) {
          this.answers[question] = to
          progress = true
        }
      }
      if (progress) return true // what is shown may have changed
    }
    return progress
  }
}

// The answer of the lowest level that is enough, nearest to the present.
function atLeast(q: Question, level: number, present: Answer): Answer | undefined {
  if (q.kind === 'many') return setOfLevel(q, level, present)
  let best: Answer | undefined
  for (const answer of alternatives(q, present)) {
    const l = levelOf(q, answer)
    if (l >= level && (!best || l < levelOf(q, best))) best = answer
  }
  return best
}

// Chooses further options, in order, until the count is enough; or, where fewer are
// better, leaves out the last ones.
function setOfLevel(q: Question, level: number, present: Answer): Answer | undefined {
  const now = countOf(q, present.options)
  let best = -1
  for (let n = 0; n <= q.options.filter(({ exclusive }) => !exclusive).length; n++) {
    const l = levelAt(q, n), least = best < 0 ? Infinity : levelAt(q, best)
    if (l >= level && (l < least || l === least && Math.abs(n - now) < Math.abs(best - now))) best = n
  }
  if (best < 0) return undefined
  let options = present.options & ~q.exclusive
  for (let i = 0; i < q.options.length && countOf(q, options) < best; i++) if (!q.options[i]!.exclusive) options |= bit(i)
  for (let i = q.options.length - 1; i >= 0 && countOf(q, options) > best; i--) options &= ~bit(i)
  return answered({ options })
}

// The other answers that a change may give: every other option; of a number, the value
// of each other cell nearest to the present one; of a set, what one option more or
// less makes of it.
function alternatives(q: Question, present: Answer): Answer[] {
  const isAnswered = present.state === 'answered'
  if (q.kind === 'number') {
    return q.cells.flatMap((start, i) => {
      const end = (q.cells[i + 1] ?? q.max + 1) - 1
      return !isAnswered || present.number < start ? [answered({ number: start })] : present.number > end ? [answered({ number: end })] : []
    })
  }
  if (q.kind === 'many') {
    return q.options.map((option, i) => option.exclusive ? bit(i) : (present.options & ~q.exclusive) ^ bit(i))
      .filter((options) => !isAnswered || options !== present.options).map((options) => answered({ options }))
  }
  return q.options.map((_, option) => option).filter((option) => !isAnswered || option !== present.option).map((option) => answered({ option }))
}
