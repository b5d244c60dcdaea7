// Answers in a link: the codec of generator/assessment/link.go, where its bytes are
// explained. A link is read only if writing it again gives the same text.
import { Answer, Answers, answered, bit, isScored, isValid, Question, State, unanswered } from '../engine/model'

// The part of the fragment that answers travel in.
export const kind = 'answers'

// A version's questions, as saved answers and links refer to them. The hash is the first
// three bytes of the layout's, which Go computes.
export interface Layout { version: number; hash: number; questions: Question[] }

const format = 1
const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const states: State[] = ['', 'dont-know', 'not-applicable']

const binary = (n: number | bigint, width: number): string => n.toString(2).padStart(width, '0')

// The options that an answer may stand at by choice.
const lowest = (q: Question): number[] =>
  q.options.map((_, i) => i).filter((i) => isScored(q) && q.kind !== 'many' && q.kind !== 'number' && q.options[i]!.level === q.lowest)

// How many bits an answer takes; of a set, after the two of its state.
const width = (q: Question): number => q.kind === 'many' ? q.options.length
  : (2 + (q.kind === 'number' ? q.max - q.min + 1 : lowest(q).length + q.options.length)).toString(2).length

function write(q: Question, a: Answer): string {
  const all = width(q), state = isValid(q, a) ? states.indexOf(a.state) : 0
  if (q.kind === 'many') return binary(state < 0 ? 3 : state, 2) + q.options.map((_, i) => state < 0 && a.options & bit(i) ? 1 : 0).join('')
  if (state >= 0) return binary(state, all)
  if (q.kind === 'number') return binary(3 + a.number - q.min, all)
  const low = lowest(q)
  return binary(3 + (a['by-choice'] ? low.indexOf(a.option) : low.length + a.option), all)
}

// The answer in some bits; one that does not fit is found when it is written again.
function read(q: Question, bits: string): Answer {
  const many = q.kind === 'many', n = parseInt(many ? bits.slice(0, 2) : bits, 2)
  if (n < 3) return { ...unanswered, state: states[n]! }
  if (many) return answered({ options: [...bits.slice(2)].reduce((set, one, i) => one === '1' ? set | bit(i) : set, 0n) })
  if (q.kind === 'number') return answered({ number: n - 3 + q.min })
  const low = lowest(q), option = low[n - 3]
  return answered(option === undefined ? { option: n - 3 - low.length } : { option, 'by-choice': true })
}

function checkSum(bits: string): string {
  let sum = -1
  for (let i = 0; i < bits.length; i += 8) {
    sum ^= parseInt(bits.slice(i, i + 8), 2)
    for (let k = 0; k < 8; k++) sum = sum >>> 1 ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return binary(~sum >>> 0, 32)
}

// Fills up with zeros to a whole number of units.
const whole = (bits: string, unit: number): string => bits + '0'.repeat((unit - bits.length % unit) % unit)

// The link's payload. Notes and marks other than by choice stay behind.
export function writeLink({ version, hash, questions }: Layout, answers: Answers): string {
  const bits = whole(binary(format, 8) + binary(version, 16) + binary(hash, 24) + questions.map((q, i) => write(q, answers[i] ?? unanswered)).join(''), 8)
  return whole(bits + checkSum(bits), 5).replace(/.{5}/g, (five) => letters[parseInt(five, 2)]!)
}

export type Refused = 'damaged' | 'version' | 'other'

// The answers in a payload, to one of the layouts; or why it is not read.
export function readLink(text: string, layouts: Layout[]): { layout: Layout; answers: Answers } | Refused {
  const bits = [...text].map((letter) => binary(letters.indexOf(letter), 5)).join('')
  const end = (bits.length - bits.length % 8) - 32
  if (!/^[a-z2-7]{16,}$/.test(text) || checkSum(bits.slice(0, end)) !== bits.slice(end, end + 32)) return 'damaged'
  const version = parseInt(bits.slice(8, 24), 2), layout = layouts.find((layout) => layout.version === version)
  if (parseInt(bits.slice(0, 8), 2) !== format || !layout) return 'version'
  if (parseInt(bits.slice(24, 48), 2) !== layout.hash) return 'other'
  let at = 48
  const answers = layout.questions.map((q) => {
    const from = at
    at += width(q) + (q.kind === 'many' ? 2 : 0)
    return read(q, bits.slice(from, at))
  })
  return writeLink(layout, answers) === text ? { layout, answers } : 'damaged'
}
