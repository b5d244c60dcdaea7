// A state in which one answer after another can be changed, at the cost of what hangs
// on it: generator/assessment/trial.go.
import { Answer, Answers, Model, mentioned, unanswered, walk } from './model'
import { State } from './state'

// What one answer can change, each in the order of computing.
interface Effects { questions: number[]; dimensions: number[]; values: number[] }

function effectsOf(m: Model): Effects[] {
  const dependents: number[][] = m.questions.map(() => [])
  m.questions.forEach((q, i) => mentioned(q['ask-when']).forEach((j) => dependents[j]!.push(i)))
  return m.questions.map((_, i) => {
    const touched = new Set<number>()
    const touch = (j: number): void => {
      if (touched.has(j)) return
      touched.add(j)
      dependents[j]!.forEach(touch)
    }
    touch(i)
    return effectsOn(m, touched)
  })
}

function effectsOn(m: Model, touched: Set<number>): Effects {
  const questions = m['ask-order'].filter((i) => touched.has(i))
  const dimensions = [...new Set(questions.map((i) => m.questions[i]!.dimension))].filter((d) => d >= 0)
  const values: number[] = []
  for (const v of m['value-order']) {
    let hangs = false
    walk(m.values[v]!.compute, (n) => {
      hangs ||= n.kind === 'question' && touched.has(n.index) || n.kind === 'dimension' && dimensions.includes(n.index) || n.kind === 'value' && values.includes(n.index)
    })
    if (hangs) values.push(v)
  }
  return { questions, dimensions, values }
}

// The effects depend on the model alone, so they are kept with it.
const kept = new WeakMap<Model, Effects[]>()

export class Trial extends State {
  readonly #effects: Effects[]

  constructor(model: Model, answers: Answers) {
    super(model)
    let effects = kept.get(model)
    if (!effects) kept.set(model, effects = effectsOf(model))
    this.#effects = effects
    this.reset(answers)
  }

  // Takes other answers.
  reset(answers: Answers): void {
    this.set(this.model.questions.map((_, i) => answers[i] ?? unanswered))
  }

  // Changes one answer and returns the one before.
  put(i: number, to: Answer): Answer {
    const before = this.answers[i]!, effects = this.#effects[i]!
    this.answers[i] = to
    for (const j of effects.questions) this.question(j)
    for (const d of effects.dimensions) this.dimension(d)
    for (const v of effects.values) this.value(v)
    return before
  }
}
