// Answers as a file holds them: the bytes that `cairn assess` reads and writes. Reading
// them is another matter, in file.ts, which a page loads when there is something to read.
import { Answers, isValid, Model, said } from '../engine/model'

// The fields that say something, one after the other.
const fields = (all: Record<string, unknown>): string[] =>
  Object.entries(all).filter(([, value]) => value !== undefined).map(([key, value]) => JSON.stringify(key) + ': ' + JSON.stringify(value))

export function writeFile({ id, version, questions }: Model, answers: Answers, date?: string, label?: string): string {
  const lines = questions.flatMap((q, i) => {
    const a = answers[i]
    if (!a || a.state === '' && a.note === '' || !isValid(q, a)) return []
    const isAnswered = a.state === 'answered'
    return `\n    ${JSON.stringify(q.id)}: {` + fields({
      value: isAnswered ? said(q, a) : undefined, state: isAnswered ? undefined : a.state || undefined,
      'by-choice': a['by-choice'] || undefined, 'outside-control': a['outside-control'] || undefined, note: a.note || undefined,
    }).join(', ') + '}'
  })
  const head = fields({ format: 'cairn-answers', assessment: id, version, date: date || undefined, label: label || undefined })
  return `{\n  ${head.join(',\n  ')},\n  "answers": {${lines.join(',')}\n  }\n}\n`
}
