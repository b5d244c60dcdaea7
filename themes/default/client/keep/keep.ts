// What becomes of the answers: they are kept in this browser as one goes, unless the
// page came from a disk, where pages of one folder can read one another's storage.
// Answers that somebody sent are looked at and kept nowhere until the reader goes on
// from them. Whatever cannot be kept, or might be lost, is said, and the file offered.
import { Opened, Reader } from '../answers/answers'
import { Fault, mostBytes, writeFile } from '../answers/file'
import { anchorOf, isTooLong, partOf, replaceFragment, withPart } from '../answers/fragment'
import { kind } from '../answers/link'
import { prefix, Store } from '../answers/store'
import { Session } from '../assessment/assessment'
import { Child, h, replace } from '../assessment/dom'
import { Answers, Said, unanswered } from '../engine/model'
import { button, picker, Take } from './take'

// Whether answers are kept, and why not: keys of messages.
type State = 'new' | 'kept' | 'disk' | 'waiting' | 'foreign' | 'refused' | 'elsewhere'

const fresh: State = window.location.protocol === 'file:' ? 'disk' : 'new'

export class Keep {
  readonly reader: Reader
  private readonly store = new Store(prefix + window.location.pathname)
  private readonly take: Take
  private readonly line = h('p', { role: 'status' })
  private readonly actions = h('p.row')
  private state: State = fresh
  // Somebody's answers that are looked at; meanwhile, how one's own stood.
  private foreign?: Opened
  private own: Answers = []
  private before: State = fresh
  // The answers in the address that were looked at, or refused.
  private shown?: string

  constructor(readonly session: Session) {
    const { model, data, notice, kept } = session
    this.reader = new Reader(model, data.versions)
    this.take = new Take(this)
    notice.setAttribute('aria-live', 'polite')
    replace(kept, h('h2.label', this.say('keep.title')), this.line, this.actions)
    session.changed(() => this.save())
    window.addEventListener('hashchange', () => this.follow())
    window.addEventListener('storage', (event) => {
      if (this.state === 'kept' && this.store.isNews(event)) this.elsewhere()
    })
    this.begin()
    this.follow()
  }

  say(key: string, pairs?: Record<string, string>): string { return this.session.words.say(key, pairs) }

  // Says something above the questions, in place of what was said there or before it.
  private tell(tone: 'note' | 'warning', key: string, lines: Child[], actions: Child[] = [], add = false): void {
    const alert = h('div.alert.' + tone, h('p', this.say(key)), lines, actions.length > 0 && h('p.row', actions))
    if (!add) replace(this.session.notice)
    this.session.notice.prepend(alert)
  }

  private show(state: State): void {
    this.state = state
    this.line.textContent = this.say('keep.' + state)
    const tiny = '.quiet.tiny'
    replace(this.actions,
      state === 'disk' && button(this.say('keep.here'), () => this.save(true), tiny),
      button(this.say('keep.save-file'), () => this.take.download(), tiny),
      picker(this.say('keep.open-file'), (file) => void this.open(file), tiny),
      (state === 'kept' || state === 'refused') && button(this.say('keep.forget'), () => this.forget(), tiny))
    this.take.show()
  }

  // What an earlier visit kept: nothing, or what cannot be read, as its text.
  private load(): Opened | string | null {
    const text = this.store.read()
    try {
      return text && this.reader.file(text)
    } catch {
      return text
    }
  }

  // Offers what an earlier visit kept.
  private begin(): void {
    const kept = this.load(), forget = button(this.say('keep.forget'), () => this.forget())
    this.show(kept === null ? fresh : 'waiting')
    if (typeof kept === 'string') {
      this.tell('warning', 'keep.damaged', [h('p', this.say('keep.damaged-how'))], [button(this.say('keep.save-file'), () => this.take.download(kept)), forget])
    } else if (kept) {
      const n = kept.answers.filter(({ state }) => state !== '').length
      this.tell('note', 'keep.again', [h('p', this.say('keep.again-how', { n: String(n), all: String(kept.answers.length) }))],
        [button(this.say('keep.resume'), () => this.resume(kept), ''), forget])
    }
  }

  private resume(kept: Opened): void {
    replace(this.session.notice)
    this.session.set(kept.answers)
    this.show('kept')
    if (kept.migrated) this.tell('note', 'migrated.title', [this.changes(kept)])
  }

  private none(): void { this.session.set(this.session.model.questions.map(() => unanswered)) }

  private forget(): void {
    const gone = this.store.write(null, true) === 'kept'
    this.none()
    this.show(gone ? fresh : 'refused')
    this.tell(gone ? 'note' : 'warning', gone ? 'keep.forgotten' : 'keep.not-forgotten', [])
  }

  // Keeps the answers, after each change.
  private save(asked = false, over = false): void {
    this.take.show()
    if (!asked && this.state !== 'new' && this.state !== 'kept' && this.state !== 'refused') return
    const answers = this.session.answers(), some = answers.some(({ state, note }) => state !== '' || note !== '')
    const done = this.store.write(some ? writeFile(this.session.model, answers, []) : null, over)
    if (done === 'elsewhere') this.elsewhere()
    else if (done !== this.state) {
      this.show(done)
      if (done === 'refused') this.tell('warning', 'keep.refused', [], [button(this.say('keep.save-file'), () => this.take.download())])
    }
  }

  // Another tab kept other answers: which ones count is the reader's to say.
  private elsewhere(): void {
    this.show('elsewhere')
    this.tell('warning', 'keep.other-tab', [], [
      button(this.say('keep.take-theirs'), () => {
        const kept = this.load()
        replace(this.session.notice)
        this.none()
        if (kept === null || typeof kept === 'string') this.begin()
        else this.resume(kept)
      }),
      button(this.say('keep.keep-mine'), () => {
        replace(this.session.notice)
        this.save(true, true)
      })])
  }

  // Follows the address, if it holds answers.
  private follow(): void {
    const { hash } = window.location, payload = isTooLong(hash) ? '' : partOf(hash, kind)
    if (payload === this.shown) return
    this.shown = payload
    const read = payload === undefined ? undefined : this.reader.link(payload)
    if (typeof read === 'string') this.tell('warning', 'link.' + read, [h('p', this.say('link.how'))], [], true)
    else if (read) this.look(read, 'foreign.link')
    else if (this.foreign) this.back()
  }

  async open(file: File): Promise<void> {
    const read = await this.read(file)
    if (read) this.look(read, 'foreign.file')
  }

  // Reads a file, or says why not.
  async read(file: File): Promise<Opened | undefined> {
    try {
      if (file.size > mostBytes) throw new Fault('too-large')
      return this.reader.file(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
    } catch (fault) {
      const { code, at } = fault instanceof Fault ? fault : new Fault('file')
      this.tell('warning', 'file.refused', [h('p', this.say('file.' + code, { name: file.name, at }))], [], true)
      this.session.notice.scrollIntoView()
      return undefined
    }
  }

  // Shows somebody's answers: they can be read, not changed, and are kept nowhere.
  private look(read: Opened, key: string): void {
    const { session } = this
    if (!this.foreign) {
      this.own = session.answers()
      this.before = this.state
    }
    this.foreign = read
    session.readOnly(true)
    session.set(read.answers)
    this.show('foreign')
    this.tell('note', key, [
      read.label || read.date ? h('p', [read.label, read.date].filter(Boolean).join(', ')) : undefined,
      h('p', this.say('foreign.how')), this.before !== fresh && h('p', this.say('foreign.mine')), this.changes(read)],
    [button(this.say('foreign.go-on'), () => this.goOn(), ''), button(this.say('foreign.back'), () => this.back())])
    if (anchorOf(window.location.hash) === '') session.goTo('Result')
  }

  private leave(): void {
    this.foreign = this.shown = undefined
    replaceFragment(withPart(window.location.hash, kind))
    this.session.readOnly(false)
    replace(this.session.notice)
  }

  // The answers that were looked at become one's own.
  private goOn(): void {
    this.leave()
    this.show(fresh)
    this.save(fresh === 'new' || this.before === 'kept', true)
  }

  private back(): void {
    this.leave()
    this.session.set(this.own)
    if (this.before === 'waiting') this.begin()
    else this.show(this.before)
  }

  // What became of answers to an earlier version.
  private changes({ version, migrated }: Opened): Child {
    if (!migrated) return undefined
    const plain = (v: Said): string => Array.isArray(v) ? '[' + v.join(', ') + ']' : typeof v === 'boolean' ? v ? 'yes' : 'no' : String(v)
    return [h('p', this.say('migrated.from', { from: String(version), to: String(this.session.model.version) })),
      h('ul', h('li', this.say('migrated.kept', { n: String(migrated.kept.length) })),
        migrated.changed.map((c) => h('li', this.say('migrated.changed', { old: c.from, before: plain(c.before), new: c.question, after: plain(c.after) }))),
        migrated.dropped.map((d) => h('li', this.say('migrated.dropped', { old: d.question, before: plain(d.before), why: this.say('why.' + d.why) }))))]
  }
}
