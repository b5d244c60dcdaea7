// Prints a result through the catalogue, with the texts of the assessment. It prints
// what is in the tree and computes nothing again: generator/assessment/words.go and
// say.go, whose lines are the same.
import { isScored, isTruth, Model, Node, powerOfTen, Said } from './model'
import { ChangeTo, Raise } from './change'
import { Catalogue, Messages } from './messages'
import { MeanSpan, nodes, Reason, Span } from './reason'
import { DecisionResult, Result } from './result'
import { limit, Ratio, reduced } from './sets'

// What the author wrote, by the same indexes as the model.
export interface Texts {
  questions: { text: string; options: string[]; unit?: string; sources?: string[] }[]
  dimensions: string[]
  values: { title: string; sources?: string[] }[]
  outcomes: string[]
  advice: string[]
  // Names of sources by id.
  sources: Record<string, string>
}

export class Words extends Messages {
  readonly #model: Model
  readonly #texts: Texts
  readonly #sources: Map<string, string>

  constructor(model: Model, texts: Texts, catalogue: Catalogue) {
    super(catalogue)
    this.#model = model
    this.#texts = texts
    this.#sources = new Map(Object.entries(texts.sources)) // an id may be "constructor"
  }

  // Prints what a page shows at once. Everything else that can be printed is in whole.ts.
  now(r: Result): void {
    for (const d of r.dimensions) d.text = this.#scoreLine(d.id, d.ladder, d.mean, this.mean)
    for (const v of r.values) v.text = this.value(v.id, v.number)
    this.decide(r)
  }

  // Prints what would change it.
  change(r: Result): void {
    for (const { id, raise } of r.dimensions) if (raise) raise.text = this.#raiseLine(id, raise)
    for (const n of r.near ?? []) {
      n.text = this.count('near.line', n.missing, { advice: this.advice(n.advice) })
      for (const leaf of n.leaves) {
        this.reason(leaf)
        if (leaf.not) leaf.text = this.say('near.not', { line: leaf.text! })
      }
    }
  }

  // Prints the decision.
  decide({ decision }: Result): void {
    if (decision) decision.text = this.#decisionLine(decision)
  }

  // A number with the given places, half away from zero, with groups of three digits.
  // A number too large for its places has fewer.
  figure(x: number, places: number): string {
    const size = Math.abs(x)
    while (places > 0 && size * powerOfTen(places) >= limit) places--
    const digits = String(Math.floor(size * powerOfTen(places) + 0.5)).padStart(places + 1, '0')
    const whole = digits.slice(0, digits.length - places), fraction = digits.slice(digits.length - places)
    const sign = x < 0 && /[^0]/.test(digits) ? '−' : ''
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, () => this.say('figure.group')) + (places > 0 ? this.say('figure.point') + fraction : '')
  }

  // A mean cut, not rounded, to one decimal.
  mean = (r: Ratio): string => {
    const tenths = Math.floor(r.numerator * 10 / r.denominator)
    return Math.floor(tenths / 10) + this.say('figure.point') + tenths % 10
  }

  // A mean with its fraction, for reasons.
  #exact = (ratio: Ratio): string => {
    const r = reduced(ratio)
    return this.say('mean.exact', { x: this.mean(r), n: r.numerator, d: r.denominator })
  }

  #between(low: string, high: string, one: boolean, none: boolean): string {
    const text = one ? low : this.say('span', { low, high })
    return none ? this.say('perhaps-none', { x: text }) : text
  }

  // A ladder: "2", "1 to 3", "–".
  level(s: Span): string {
    return s.low === undefined ? this.say('none') : this.#between(String(s.low), String(s.high), s.low === s.high, !!s.none)
  }

  // A mean or a span of means.
  means(s: MeanSpan, print: (r: Ratio) => string): string {
    if (!s.low || !s.high) return this.say('none')
    return this.#between(print(s.low), print(s.high), s.low.numerator === s.high.numerator && s.low.denominator === s.high.denominator, !!s.none)
  }

  // A computed number, with its unit.
  value(id: string, s: Span): string {
    const v = this.#model.values.find((v) => v.id === id)!
    if (s.low === undefined) return this.say('none')
    const x = this.#reach(s.low, s.high!, v.places), unit = v.unit ?? ''
    const text = v.type === 'percent' ? this.say('figure.percent', { x }) : unit === '' ? x : this.say(v.type === 'money' ? 'figure.money' : 'figure.unit', { x, unit })
    return s.none ? this.say('perhaps-none', { x: text }) : text
  }

  // An interval; an end at ±2^53 is no end.
  #reach(low: number, high: number, places: number): string {
    if (low <= -limit && high >= limit) return this.say('figure.any')
    if (low <= -limit) return this.say('figure.at-most', { x: this.figure(high, places) })
    if (high >= limit) return this.say('figure.at-least', { x: this.figure(low, places) })
    return this.#between(this.figure(low, places), this.figure(high, places), low === high, false)
  }

  // The author's words for an id.
  #named(list: { id: string }[], texts: string[], id: string): string {
    return texts[list.findIndex((item) => item.id === id)] ?? id
  }
  #index(question: string): number { return this.#model.questions.findIndex(({ id }) => id === question) }
  question(id: string): string { return this.#texts.questions[this.#index(id)]?.text ?? id }
  dimension(id: string): string { return this.#named(this.#model.dimensions, this.#texts.dimensions, id) }
  outcome(id: string): string { return this.#named(this.#model.outcomes, this.#texts.outcomes, id) }
  advice(id: string): string { return this.#named(this.#model.advice, this.#texts.advice, id) }
  source(id: string): string { return this.#sources.get(id) ?? id }

  // An answer, from how answer files write it.
  answer(question: string, answer: Said): string {
    const i = this.#index(question), q = this.#model.questions[i]!, texts = this.#texts.questions[i]!
    const option = (id: string): string => this.#named(q.options, texts.options, id)
    if (typeof answer === 'boolean') return option(answer ? 'yes' : 'no')
    if (typeof answer === 'number') {
      const x = this.figure(answer, q.places)
      return texts.unit ? this.say('figure.unit', { x, unit: texts.unit }) : x
    }
    if (typeof answer === 'string') return this.say('answer.said', { answer: option(answer) })
    if (answer.length === 0) return this.say('answer.nothing')
    return this.list('and', answer.map((id) => this.say('answer.said', { answer: option(id) })))
  }

  // "“A?” and “B?”"
  questionsList(ids: string[]): string {
    return this.list('and', ids.map((id) => this.say('what.question', { question: this.question(id) })))
  }

  #scoreLine(id: string, ladder: Span, mean: MeanSpan, print: (r: Ratio) => string): string {
    const dimension = this.dimension(id)
    return ladder.low === undefined ? this.say('score.none', { dimension }) : this.say('score.line', { dimension, level: this.level(ladder), mean: this.means(mean, print) })
  }

  #decisionLine(d: DecisionResult): string {
    if (d.outcome !== undefined) return this.outcome(d.outcome)
    if (d.candidates.length === 0) return this.say('result.no-decision')
    const words = d.candidates.map((id) => this.outcome(id))
    if (d.none) words.push(this.say('result.open-none'))
    return this.say('result.open', { outcomes: this.list('or', words) })
  }

  changes(list: ChangeTo[]): string {
    return list.map(({ question, to }) => this.say('answer.line', { question: this.question(question), answer: this.answer(question, to) })).join(this.say('change.join'))
  }

  #raiseLine(dimension: string, r: Raise): string {
    const words = r.changes.length > 0 ? [this.changes(r.changes)] : [], needed = r['at-least'] ?? []
    for (const level of [...new Set(needed.map((one) => one.level))].sort((a, b) => a - b)) {
      const ids = needed.filter((one) => one.level === level).map(({ question }) => question)
      words.push(this.say('change.at-least', { level: level, questions: this.questionsList(ids) }))
    }
    return this.say('change.raise', { dimension: this.dimension(dimension), level: r.to, changes: words.join(this.say('change.at-least.join')) })
  }

  // Prints a tree of reasons, one line each.
  reason(r: Reason | undefined): void {
    if (!r) return
    const id = r.id!
    if (r.kind === 'question') {
      r.text = this.#answerLine(r)
      this.#sourced(r, this.#texts.questions[this.#index(id)]?.sources)
    } else if (r.kind === 'dimension') r.text = this.#scoreLine(id, r.number!, r.mean!, this.#exact)
    else if (r.kind === 'value') {
      const value = this.#texts.values[this.#model.values.findIndex((v) => v.id === id)]
      r.text = this.say('value.line', { title: value?.title ?? id, value: this.value(id, r.number!) })
      this.#sourced(r, value?.sources)
    } else if (r.kind === 'always') r.text = this.say('reason.always')
    else {
      const list = r.truths ?? []
      r.text = this.say('reason.line', { what: this.#node(nodes.get(r)!), verdict: this.say('truth.' + (list.length === 1 ? list[0]! : 'open')) })
    }
    r.parts?.forEach((part) => this.reason(part))
  }

  // Adds the sources that a line rests on.
  #sourced(r: Reason, sources: string[] | undefined): void {
    if (!sources || sources.length === 0) return
    r.sources = sources
    r.text = this.say('reason.sources', { line: r.text!, sources: sources.map((id) => this.source(id)).join(', ') })
  }

  #answerLine(r: Reason): string {
    const id = r.id!
    let answer = this.say('answer.' + r.state!)
    if (r.state === 'hidden') answer = r.answer === undefined ? this.say('answer.hidden-na') : this.say('answer.hidden', { answer: this.answer(id, r.answer) })
    else if (r.state === 'answered') answer = this.answer(id, r.answer!)
    if (r.level !== undefined) answer = this.say('answer.level', { answer, level: r.level })
    return this.say('answer.line', { question: this.question(id), answer })
  }

  // A node in words: of truths that are made of others, only how.
  #node(n: Node): string {
    const { op, kind, index, sign } = n, isQuestion = kind === 'question', q = this.#texts.questions[index]
    if (op === 'number') return this.figure(n.number, n.places)
    if (op === 'read' && kind === 'value') return this.#texts.values[index]!.title
    const question = isQuestion ? q!.text : '', dimension = kind === 'dimension' ? this.#texts.dimensions[index]! : ''
    const what = isQuestion ? this.say('what.question', { question }) : dimension
    if (op === 'read' && !isScored(this.#model.questions[index]!)) return what
    if (op === 'mean-compare') return this.say('sign.' + sign, { a: this.say('op.mean', { dimension }), b: this.figure(n.number, n.places) })
    const list = isTruth(n) && op !== 'compare' ? [] : n.args.map((arg) => this.#node(arg)), [a = '', b = '', c = ''] = list
    if (op === 'compare') return this.say('sign.' + sign, { a, b })
    const options = this.list('or', n.options.map((o) => this.say('answer.said', { answer: q!.options[o]! })))
    const alone = op === 'has' && n.mask & this.#model.questions[index]!.exclusive // never among others
    return this.say(isTruth(n) ? 'what.' + (alone ? 'is' : op) + sign : 'op.' + op, { question, dimension, what, options, a, b, c, list: this.list('and', list) })
  }
}
