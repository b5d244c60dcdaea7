// Answers from elsewhere, whole: a link's or a file's, brought to this version.
import { Answers, Model, readModel } from '../engine/model'
import { readFile } from './file'
import { Layout, readLink, Refused } from './link'
import { migrate, Migrated, Migration } from './migrate'

// What the page's data block holds: generator/assessment/versions.go.
export interface Versions { hash: number; earlier?: Layout[]; migrations?: Migration[] }

export interface Opened { answers: Answers; version: number; migrated?: Migrated; layout: Layout; date?: string; label?: string }

export class Reader {
  // This version's is the first.
  readonly layouts: Layout[]

  constructor(private readonly model: Model, private readonly versions: Versions) {
    for (const { questions } of versions.earlier ?? []) readModel({ questions } as Model)
    this.layouts = [{ version: model.version, hash: versions.hash, questions: model.questions }, ...versions.earlier ?? []]
  }

  link(payload: string): Opened | Refused {
    const read = readLink(payload, this.layouts)
    return typeof read === 'string' ? read : this.open(read)
  }

  // Throws a Fault.
  file(text: string): Opened { return this.open(readFile(text, this.model, this.layouts)) }

  private open(read: { layout: Layout; answers: Answers }): Opened {
    const { version } = read.layout, opened = { ...read, version }
    if (version === this.model.version) return opened
    const migrated = migrate(this.model, this.layouts, this.versions.migrations ?? [], read.layout, read.answers)
    return { ...opened, answers: migrated.answers, migrated }
  }
}
