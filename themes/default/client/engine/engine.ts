// The engine of assessments in the browser. It is pure: no document, no clock, no
// storage; compiled data and answers in, a result and its words out. The engine in
// Go, generator/assessment, is the other half of the same specification; shared cases
// and a randomised test (generator/differential) hold the two to the same bytes. Its
// files have the names of their Go counterparts, and say where they differ.
//
// A theme may restyle a result, never recompute it: this folder is always the
// built-in theme's.
import { Answers, Model, readModel } from './model'
import { Evaluation } from './result'

export { readAnswer } from './model'
export { Words } from './words'

// Reads the compiled assessment of a data block.
export function open(raw: Model): { model: Model; evaluate: (answers: Answers) => Evaluation } {
  const model = readModel(raw)
  return { model, evaluate: (answers) => new Evaluation(model, answers) }
}
