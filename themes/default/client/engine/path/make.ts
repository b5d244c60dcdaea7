// Turns values into files: generator/goldenpath/make.go, the same bytes. It reads no
// page, so that it runs wherever there is JavaScript.
import { numbers, truths, Worlds } from '../expression'
import { bit, Node } from '../model'
import { exactly, False, None, True } from '../sets'
import { Path, Piece } from './data'
import { filter } from './filter'
import { check, wrong, Wrong } from './value'

// Blocks are the indexes of the blocks that the file is made of, in order.
export interface File { name: string; text: string; blocks: number[] }

export interface Made { files: File[]; texts: string[]; shown: boolean[] }

// Fills in what JSON leaves out because it is zero or empty.
function readNode(raw: Partial<Node>): Node {
  const options = raw.options ?? []
  return {
    op: raw.op!, sign: raw.sign ?? '', args: (raw.args ?? []).map(readNode), kind: raw.kind ?? '', index: raw.index ?? 0, options,
    number: raw.number ?? 0, units: raw.units ?? 0, places: raw.places ?? 0, mask: options.reduce((mask, i) => mask | bit(i), 0n),
  }
}

export function readPath(path: Path): Path {
  for (const block of path.blocks) if (block.when) block.when = readNode(block.when)
  for (const derived of path.derived) derived.node = readNode(derived.node)
  return path
}

// A world in which every name has one value: what may still be is what is.
const worldOf = (path: Path, texts: string[]): Worlds => ({
  numbers: (_, index) => exactly(Number(texts[index])),
  holds: (index) => texts[index] === 'true' ? True : False,
  options: (index) => ({ bits: bit(path.parameters[index]!.options.indexOf(texts[index]!)), none: false }),
  has: () => None,
  counts: () => exactly(0),
  level: () => exactly(0),
  meanOf: () => ({ low: { numerator: 0, denominator: 1 }, high: { numerator: 0, denominator: 1 }, some: false, none: true }),
  applies: () => True,
})

// A number rounded half away from zero, without zeros at its end.
function decimal(x: number, places: number): string | undefined {
  const scaled = Math.floor(Math.abs(x) * 10 ** places + 0.5)
  if (scaled >= 2 ** 53) return undefined
  let digits = String(scaled).padStart(places + 1, '0')
  if (places > 0) digits = (digits.slice(0, -places) + '.' + digits.slice(-places)).replace(/0+$/, '').replace(/\.$/, '')
  return x < 0 && digits !== '0' ? '-' + digits : digits
}

const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
const namePart = /^[A-Za-z0-9._][A-Za-z0-9._-]*$/

const isFileName = (name: string): boolean => name.length <= 200 && name.split('/').every((part) =>
  part !== '.' && part !== '..' && namePart.test(part) && !part.endsWith('.') && !deviceName.test(part) && part.toLowerCase() !== '.git')

export const fill = (pieces: Piece[], texts: string[]): string =>
  pieces.map((piece) => typeof piece === 'string' ? piece : filter(piece[1], texts[piece[0]]!)).join('')

// What is wrong with the values; the files, if nothing is.
export function make(path: Path, values: Record<string, string>): { made?: Made; faults: Wrong[] } {
  const texts: string[] = [], faults: Wrong[] = []
  for (const parameter of path.parameters) {
    const value = values[parameter.name] ?? parameter.default
    const fault = check(parameter, value)
    if (fault) faults.push({ ...fault, parameter: parameter.name })
    texts.push(value)
  }
  return faults.length > 0 ? { faults } : fillIn(path, texts)
}

// Fills in the path with values that have been checked, or are shown only.
export function fillIn(path: Path, texts: string[]): { made?: Made; faults: Wrong[] } {
  const world = worldOf(path, texts)
  for (const { name, node, places } of path.derived) {
    const text = valueOf(node, places, world)
    if (text === undefined) return { faults: [wrong('derived', 'name', name)] }
    texts.push(text)
  }
  const files: File[] = [], templates = new Map<string, string>(), byName = new Map<string, File>()
  const shown: boolean[] = []
  for (const [i, block] of path.blocks.entries()) {
    const holds = !block.when || truths(block.when, world) === True
    shown.push(holds)
    if (!holds || !block.file) continue
    const name = fill(block.file, texts), folded = name.toLowerCase()
    if (!isFileName(name)) return { faults: [wrong('file', 'file', name)] }
    let file = byName.get(folded)
    if (!file) {
      byName.set(folded, file = { name, text: '', blocks: [] })
      templates.set(folded, block.written!)
      files.push(file)
    } else if (templates.get(folded) !== block.written) return { faults: [wrong('same-file', 'file', name)] }
    file.text += fill(block.pieces!, texts)
    file.blocks.push(i)
  }
  for (const { name } of files) {
    for (let folder = parent(name); folder; folder = parent(folder)) {
      if (byName.has(folder.toLowerCase())) return { faults: [wrong('same-file', 'file', folder)] }
    }
  }
  return { made: { files, texts, shown }, faults: [] }
}

const parent = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

const truthOps = new Set(['true', 'false', 'holds', 'is', 'is-not', 'has', 'mean-compare', 'applies', 'and', 'or', 'not', 'compare', 'same'])

function valueOf(node: Node, places: number, world: Worlds): string | undefined {
  if (truthOps.has(node.op) || node.op === 'if' && node.truth) {
    const truth = truths(node, world)
    return truth === True ? 'true' : truth === False ? 'false' : undefined
  }
  const number = numbers(node, world)
  return number.some && !number.none ? decimal(number.low, places) : undefined
}

// What the folder or the archive is called.
export function folderOf(path: Path, texts: string[]): string {
  const at = path.parameters.findIndex((p) => p.type === 'text' && !p.wide && p.required)
  return texts[at] ?? path.name
}

// The command that writes the same files. Secrets do not stand in it.
export function commandOf(path: Path, texts: string[]): string {
  const word = (text: string): string => /^[A-Za-z0-9._/=-]+$/.test(text) ? text : filter('shell', text)
  const values = path.parameters.flatMap((p, i) => p.type === 'secret' ? [] : ['--set ' + word(p.name + '=' + texts[i]!)])
  return ['cairn path ' + path.name, ...values, '--out ' + folderOf(path, texts)].join(' ')
}
