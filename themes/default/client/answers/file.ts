// Answers in a file, read as strictly as `cairn assess` reads them:
// generator/assessment/answersfile.go. What does not fit is named and never guessed at,
// and a file with a fault is not read at all. Keys are only ever compared, so that a key
// such as __proto__ is a key like any other.
import { Answer, Answers, bit, isScored, isValid, Model, optionIndex, Question, stepsOf, unanswered } from '../engine/model'
import { Layout } from './link'

// A larger file is not looked at, in bytes.
export const mostBytes = 5 << 20
const mostNote = 2000, mostLabel = 200

export interface AnswersFile { layout: Layout; answers: Answers; date?: string; label?: string }

// Why a file is not read, and at which question.
export class Fault extends Error {
  constructor(readonly code: 'file' | 'other-assessment' | 'version' | 'unknown-id' | 'wrong-kind' | 'range' | 'too-large', readonly at = '') { super(code) }
}

type Fields = Map<string, unknown>

// JSON keeps the last of two keys that are the same. A file has each once, so the keys
// are looked at in its text, which is known to be JSON.
function hasRepeatedKeys(text: string): boolean {
  const open: Set<string>[] = []
  const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '{') open.push(new Set())
    else if (token[0] === '}') open.pop()
    else if (token[2]) {
      const keys = open[open.length - 1]!, key = JSON.parse(token[1]!) as string
      if (keys.has(key)) return true
      keys.add(key)
    }
  }
  return false
}

// The fields of an object, if it has no other keys than these; one without a value counts
// as left out, if it may be.
function fieldsOf(raw: unknown, keys?: Record<string, (value: unknown) => boolean>): Fields | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const fields = new Map(Object.entries(raw)), known = keys && new Map(Object.entries(keys))
  if (known) for (const [key, value] of fields) if (!known.get(key)?.(value)) throw new Fault('file')
  return fields
}

const isText = (value: unknown): value is string => typeof value === 'string'
const maybe = (is: (value: unknown) => boolean) => (value: unknown): boolean => value === null || is(value)
const isTruth = (value: unknown): boolean => typeof value === 'boolean'
const anything = (): boolean => true
const length = (text: string): number => [...text].length

// As Go reads it: half of a pair of surrogates is no letter.
const letters = (value: unknown): string => isText(value) ? value.replace(/[\ud800-\udfff]/gu, '\ufffd') : ''

const fileKeys = {
  format: (value: unknown) => value === 'cairn-answers', assessment: isText,
  version: (value: unknown) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535,
  date: maybe((value) => isText(value) && isDate(value)), label: maybe(isText), answers: anything,
}
const answerKeys = {
  value: anything, state: maybe((value) => value === 'dont-know' || value === 'not-applicable'),
  'by-choice': maybe(isTruth), 'outside-control': maybe(isTruth), note: maybe(isText),
}

function isDate(text: string): boolean {
  const day = /^(\d{4}-\d\d-\d\d)(?:[Tt ]..:.{2,})?$/s.exec(text)?.[1], date = new Date(day + 'T00:00:00Z')
  return !isNaN(date.getTime()) && date.toISOString().startsWith(day!)
}

// Reads a file; throws a Fault if anything in it does not fit.
export function readFile(text: string, model: Model, layouts: Layout[]): AnswersFile {
  if (text.length > mostBytes) throw new Fault('too-large')
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch { /* below */ }
  const fields = fieldsOf(raw, fileKeys)
  if (!fields || hasRepeatedKeys(text) || ['format', 'assessment', 'version', 'answers'].some((key) => !fields.has(key))) throw new Fault('file')
  if (fields.get('assessment') !== model.id) throw new Fault('other-assessment')
  const layout = layouts.find(({ version }) => version === fields.get('version'))
  if (!layout) throw new Fault('version')
  const label = letters(fields.get('label')), date = fields.get('date'), given = fieldsOf(fields.get('answers'))
  if (length(label) > mostLabel) throw new Fault('too-large')
  if (!given) throw new Fault('wrong-kind')
  const answers = layout.questions.map(() => unanswered)
  for (const [id, value] of given) {
    const i = layout.questions.findIndex((q) => q.id === id)
    if (i < 0) throw new Fault('unknown-id', id.slice(0, 80))
    answers[i] = answerOf(layout.questions[i]!, value)
  }
  return { layout, answers, date: isText(date) ? date.slice(0, 10) : undefined, label: label || undefined }
}

function answerOf(q: Question, raw: unknown): Answer {
  const wrong = (code: Fault['code'] = 'wrong-kind'): never => { throw new Fault(code, q.id) }
  const fields = fieldsOf(raw, answerKeys) ?? wrong(), state = fields.get('state') ?? '', value = fields.get('value')
  const answer = { ...unanswered, state: (state || 'answered') as Answer['state'], 'by-choice': fields.get('by-choice') === true, 'outside-control': fields.get('outside-control') === true, note: letters(fields.get('note')) }
  const alone = !fields.has('value') && state === '' && answer.note !== '' && !answer['by-choice'] && !answer['outside-control']
  if (alone) answer.state = ''
  else if (fields.has('value') === (state !== '')) wrong()
  const option = (id: unknown): number => {
    const i = isText(id) && id !== 'dont-know' && id !== 'not-applicable' ? optionIndex(q, id) : wrong()
    return i < 0 ? wrong('unknown-id') : i
  }
  if (state === '' && !alone) {
    if (q.kind === 'number') answer.number = typeof value !== 'number' ? wrong() : stepsOf(q, value) ?? wrong('range')
    else if (q.kind === 'many') {
      for (const id of Array.isArray(value) ? value : wrong()) {
        const one = bit(option(id))
        answer.options = answer.options & one ? wrong() : answer.options | one
      }
    } else if (q.kind === 'yes-no') answer.option = typeof value !== 'boolean' ? wrong() : option(value ? 'yes' : 'no')
    else answer.option = option(value)
  }
  if (!isValid(q, answer) || answer['by-choice'] && (q.kind === 'number' || q.kind === 'many' || !isScored(q) || state !== '')) wrong()
  if (length(answer.note) > mostNote) wrong('too-large')
  return answer
}
