// Why a value cannot be that of a parameter: generator/goldenpath/value.go, in the same
// order.
import { Parameter } from './data'
import { unseen } from './filter'
import { matches } from './pattern'

export interface Wrong { parameter: string; key: string; pairs: string[] }

const narrow = /^[a-z][a-z0-9-]{0,62}$/
const number = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/
const readWords = ['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n', 'nan', 'inf']

export const wrong = (key: string, ...pairs: string[]): Wrong => ({ parameter: '', key: 'path.wrong.' + key, pairs })

export function check(p: Parameter, value: string): Wrong | undefined {
  if (value === '' && (p.type === 'text' || p.type === 'secret')) return p.required ? wrong('required') : undefined
  switch (p.type) {
    case 'choice': return p.options.includes(value) ? undefined : wrong('choice', 'options', p.options.join(', '))
    case 'yes-no': return value === 'true' || value === 'false' ? undefined : wrong('yes-no')
    case 'number': return checkNumber(p, value)
  }
  const letters = [...value]
  for (const letter of letters) {
    // Half a character, which no file can hold, is what Go reads as U+FFFD.
    if (/^[\ud800-\udfff]$/.test(letter)) return wrong('character', 'character', 'U+FFFD')
  }
  for (const letter of letters) {
    const code = letter.codePointAt(0)!
    // Zero-width joiners are part of how some languages are written.
    if (unseen(code) && code !== 0x200c && code !== 0x200d) return wrong('character', 'character', 'U+' + code.toString(16).toUpperCase().padStart(4, '0'))
  }
  if (value.includes('{{')) return wrong('template')
  if (letters.length > p.most) return wrong('long', 'most', String(p.most))
  if (!(p.program ? matches(p.program, value) : p.type === 'secret' || narrow.test(value))) return wrong(p.program ? 'pattern' : 'narrow')
  if (!p.wide && readWords.includes(value)) return wrong('word', 'word', value)
  return undefined
}

function checkNumber(p: Parameter, value: string): Wrong | undefined {
  if (!number.test(value)) return wrong('number')
  if ((value.split('.')[1] ?? '').length > p.places) return p.places === 0 ? wrong('whole') : wrong('places', 'places', String(p.places))
  if (p.low !== '' && Number(value) < Number(p.low)) return wrong('low', 'low', p.low)
  if (p.high !== '' && Number(value) > Number(p.high)) return wrong('high', 'high', p.high)
  return undefined
}
