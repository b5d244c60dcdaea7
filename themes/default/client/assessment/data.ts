// What the page's data block holds: generator/render/assessment_data.go.
import { Versions } from '../answers/answers'
import { Catalogue } from '../engine/messages'
import { Model } from '../engine/model'
import { Texts } from '../engine/words'

export interface Data {
  model: Model
  versions: Versions
  texts: Texts
  messages: Catalogue
  levels: string[]
  short: string[]
  votes: string[]
  // Minutes that a question takes.
  pace: number
  benchmarks: { source: string; date: string; asked: number }[]
}
