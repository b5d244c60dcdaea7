// A compiled golden path, as the page's data block holds it: generator/goldenpath,
// browser.go.
import { Node } from '../model'

export type Type = 'text' | 'choice' | 'number' | 'yes-no' | 'secret'

export interface Parameter {
  name: string
  type: Type
  // Empty for a secret.
  default: string
  required: boolean
  wide: boolean
  // The pattern compiled, if it has one: see pattern.ts.
  program?: number[][]
  most: number
  options: string[]
  low: string
  high: string
  places: number
}

// Literal text, or a value: an index into the parameters and then the derived values,
// and the filter that writes it.
export type Piece = string | [of: number, filter: string]

export interface Block {
  // Only of blocks that a file is made of. Written tells templates of names apart.
  file?: Piece[]
  written?: string
  pieces?: Piece[]
  when?: Node
}

export interface Path {
  name: string
  parameters: Parameter[]
  derived: { name: string; node: Node; places: number }[]
  blocks: Block[]
}
