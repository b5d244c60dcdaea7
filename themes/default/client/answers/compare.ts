// What moved between two sets of answers. Only questions whose id and options are the
// same in both are compared (SEMANTICS.md 16).
import { Answer, Answers, isScored, levelOf, Model, Question, sameAnswer } from '../engine/model'
import { Layout } from './link'

export interface Moved { question: Question; before: Answer; after: Answer; way: 'up' | 'down' | 'other' }
export interface Comparison { same: number; moved: Moved[]; apart: number }

const shape = ({ kind, options, units, places, min, max }: Question): string =>
  JSON.stringify([kind, units, places, min, max, options.map(({ id, level, exclusive }) => [id, level, !!exclusive])])

// Notes and marks are no answers.
const bare = (a: Answer): Answer => ({ ...a, note: '', 'by-choice': false, 'outside-control': false })

export function compare(model: Model, now: Answers, then: { layout: Layout; given: Answers }): Comparison {
  const all: Comparison = { same: 0, moved: [], apart: 0 }
  model.questions.forEach((question, i) => {
    const j = then.layout.questions.findIndex(({ id }) => id === question.id), old = then.layout.questions[j]
    if (!old || shape(old) !== shape(question)) {
      all.apart++
      return
    }
    const before = bare(then.given[j]!), after = bare(now[i]!)
    const step = isScored(question) && before.state === 'answered' && after.state === 'answered' ? levelOf(question, after) - levelOf(question, before) : 0
    if (sameAnswer(before, after)) all.same++
    else all.moved.push({ question, before, after, way: step > 0 ? 'up' : step < 0 ? 'down' : 'other' })
  })
  return all
}
