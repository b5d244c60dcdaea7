// What the page's data block holds: generator/render/assessment_data.go.
import { Catalogue } from '../engine/messages'
import { Model } from '../engine/model'
import { Texts } from '../engine/words'

export interface Item { text?: string; guides?: [title: string, address: string][] }

export interface Data {
  model: Model
  texts: Texts
  messages: Catalogue
  levels: string[]
  short: string[]
  outcomes: Item[]
  advice: Item[]
  votes: string[]
  sources: Record<string, { evidence: string; grade: number }>
  benchmarks: { source: string; date: string; asked: number }[]
}
