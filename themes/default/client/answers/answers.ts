// Answers from elsewhere, whole: a link's or a file's, brought to this version.
import { Answers, Model } from '../engine/model'
import { readFile } from './file'
import { Layout, readLink } from './link'
import { Migrated, Migration } from './migrate'

// What the page's data block holds: generator/assessment/versions.go.
export interface Versions { hash: number; earlier?: Layout[]; migrations?: Migration[] }

// Given are the answers to the layout's questions, as they stood there.
export interface Opened { answers: Answers; given: Answers; version: number; migrated?: Migrated; layout: Layout; date?: string; label?: string }

// Brings answers to an earlier layout to this version. Only a page that knows earlier
// versions carries the script for it, client/earlier.ts, which answers this event.
export interface Earlier { model: Model; versions: Versions; migrate?: (old: Layout, given: Answers) => Migrated }

export class Reader {
  // This version's is the first.
  readonly layouts: Layout[]
  readonly #earlier: Earlier

  constructor(model: Model, versions: Versions) {
    this.#earlier = { model, versions }
    document.dispatchEvent(new CustomEvent('earlier', { detail: this.#earlier }))
    this.layouts = [{ version: model.version, hash: versions.hash, questions: model.questions }, ...this.#earlier.migrate && versions.earlier || []]
  }

  // A text, if it is not read: why.
  link(payload: string): Opened | string {
    const read = readLink(payload, this.layouts)
    return typeof read === 'string' ? read : this.#open(read)
  }

  // Throws a Fault.
  file(text: string): Opened { return this.#open(readFile(text, this.#earlier.model, this.layouts)) }

  #open(read: { layout: Layout; answers: Answers }): Opened {
    const { layout, answers } = read, { version } = layout
    const migrated = layout === this.layouts[0] ? undefined : this.#earlier.migrate!(layout, answers)
    return { ...read, given: answers, version, answers: migrated?.answers ?? answers, migrated }
  }
}
