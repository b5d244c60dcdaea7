// Answers that come from elsewhere, or go there: what an earlier visit kept, links, files,
// and what moved since an earlier file. Answers that somebody sent are looked at and kept
// nowhere until the reader goes on from them.
import { Opened, Reader } from '../answers/answers'
import { compare, Moved } from '../answers/compare'
import { Fault, mostBytes } from '../answers/file'
import { anchorOf, partOf, replaceFragment, isTooLong, withPart } from '../answers/fragment'
import { kind, writeLink } from '../answers/link'
import { Child, h, replace, slot } from '../assessment/dom'
import { Answer, Answers, Question, Said, said } from '../engine/model'
import { Action, Keep } from '../keep/keep'
import { fill } from './fill'
import catalogue from './words.json'

function button(text: string, click: () => void, kind = '.quiet'): HTMLElement {
  const element = h('button.button' + kind, { type: 'button' }, text)
  element.addEventListener('click', click)
  return element
}

export class Exchange {
  readonly #keep: Keep
  readonly #reader: Reader
  // Somebody's answers that are looked at; meanwhile, how one's own stood.
  #foreign?: Opened
  #own: Answers = []
  #before: Keep['state']
  // The answers in the address that were looked at, or refused.
  #shown?: string
  readonly #moved = h('div.flow')

  constructor(keep: Keep) {
    this.#keep = keep
    const { model, data } = keep.session
    this.#before = keep.fresh
    keep.session.words.learn(catalogue)
    this.#reader = new Reader(model, data.versions)
    slot('take').append(this.#moved)
  }

  #button(action: Action, key: string): HTMLElement { return h('button.button.quiet', { type: 'button', 'data-do': action }, this.#keep.say(key)) }

  // Says something above the questions, in place of what was said there or before it.
  #tell(tone: 'note' | 'warning', key: string, lines: Child[] = [], actions: Child[] = [], add = false): void {
    this.#keep.tell(h('div.alert.' + tone, h('p', this.#keep.say(key)), lines, actions.length > 0 && h('p.row', actions)), add)
  }

  // Puts answers in place of those that are there.
  #set(answers: Answers): void { this.#keep.session.set((form) => fill(form, this.#keep.session.model, answers)) }

  // Takes up what an earlier visit or another tab kept, or says that it cannot be read.
  // What was answered since the visit began is newer than what was kept before it. The
  // reader who asked for it by a button goes on from there.
  resume(asked: boolean): void {
    this.#resume()
    if (asked) this.#keep.session.again()
  }

  #resume(): void {
    const keep = this.#keep, text = keep.store.read(), since = keep.state === 'waiting' ? keep.session.answers() : []
    let kept: Opened
    if (text === null) {
      replace(slot('notice'))
      keep.none()
      return keep.begin()
    }
    try {
      kept = this.#reader.file(text)
    } catch {
      return this.#tell('warning', 'kept.damaged', [h('p', keep.say('kept.damaged-how'))],
        [button(keep.say('keep.save-file'), () => keep.download(text)), this.#button('forget', 'keep.forget')])
    }
    replace(slot('notice'))
    this.#set(kept.answers.map((answer, i) => ({ ...(since[i]?.state ? since[i] : answer), note: since[i]?.note || answer.note })))
    keep.show('kept')
    if (since.some(({ state, note }) => state !== '' || note !== '')) keep.save()
    if (kept.migrated) this.#tell('note', 'migrated.title', [this.#changes(kept)])
  }

  // Another tab kept other answers: which ones count is the reader's to say.
  elsewhere(): void {
    const keep = this.#keep
    this.#tell('warning', 'kept.other-tab', [], [
      this.#button('resume', 'kept.take-theirs'),
      button(keep.say('kept.keep-mine'), () => {
        replace(slot('notice'))
        keep.save(true, true)
      })])
  }

  // Follows the address, if it holds answers.
  follow(): void {
    const { hash } = location, payload = isTooLong(hash) ? '' : partOf(hash, kind)
    if (payload === this.#shown) return
    this.#shown = payload
    const read = payload === undefined ? undefined : this.#reader.link(payload), keep = this.#keep
    if (typeof read === 'string') this.#tell('warning', 'link.' + read, [h('p', keep.say('link.how'))], [], true)
    else if (read) this.#look(read, 'foreign.link')
    else if (this.#foreign) this.#back()
  }

  async open(file: File): Promise<void> {
    const read = await this.#read(file)
    if (read) this.#look(read, 'foreign.file')
  }

  // Reads a file, or says why not.
  async #read(file: File): Promise<Opened | undefined> {
    try {
      if (file.size > mostBytes) throw new Fault('too-large')
      return this.#reader.file(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
    } catch (fault) {
      const { code, at } = fault instanceof Fault ? fault : new Fault('file'), keep = this.#keep
      this.#tell('warning', 'file.refused', [h('p', keep.say('file.' + code, { name: file.name, at }))], [], true)
      slot('notice').scrollIntoView()
      return undefined
    }
  }

  // Shows somebody's answers: they can be read, not changed, and are kept nowhere.
  #look(read: Opened, key: string): void {
    const keep = this.#keep, { session } = keep
    if (!this.#foreign) {
      this.#own = session.answers()
      this.#before = keep.state
    }
    this.#foreign = read
    session.readOnly(true)
    this.#set(read.answers)
    keep.show('foreign')
    this.#tell('note', key, [
      read.label || read.date ? h('p', [read.label, read.date].filter(Boolean).join(', ')) : undefined,
      h('p', keep.say('foreign.how')), this.#before !== keep.fresh && h('p', keep.say('foreign.mine')), this.#changes(read)],
    [button(keep.say('foreign.go-on'), () => {
      this.#goOn()
      session.again()
    }, ''), button(keep.say('foreign.back'), () => {
      this.#back()
      session.again()
    })])
    if (anchorOf(location.hash) === '') session.goTo('Result')
  }

  #leave(): void {
    this.#foreign = this.#shown = undefined
    replaceFragment(withPart(location.hash, kind))
    this.#keep.session.readOnly(false)
    replace(slot('notice'))
  }

  // The answers that were looked at become one's own.
  #goOn(): void {
    const keep = this.#keep
    this.#leave()
    keep.show(keep.fresh)
    keep.save(keep.fresh === 'new' || this.#before === 'kept', true)
  }

  #back(): void {
    const keep = this.#keep
    this.#leave()
    this.#set(this.#own)
    if (this.#before === 'waiting') keep.begin()
    else keep.show(this.#before)
  }

  // What became of answers to an earlier version.
  #changes({ version, migrated }: Opened): Child {
    if (!migrated) return undefined
    const keep = this.#keep
    const plain = (v: Said): string => Array.isArray(v) ? '[' + v.join(', ') + ']' : typeof v === 'boolean' ? v ? 'yes' : 'no' : String(v)
    return [h('p', keep.say('migrated.from', { from: String(version), to: String(keep.session.model.version) })),
      h('ul', h('li', keep.say('migrated.kept', { n: String(migrated.kept.length) })),
        migrated.changed.map((c) => h('li', keep.say('migrated.changed', { old: c.from, before: plain(c.before), new: c.question, after: plain(c.after) }))),
        migrated.dropped.map((d) => h('li', keep.say('migrated.dropped', { old: d.question, before: plain(d.before), why: keep.say('why.' + d.why) }))))]
  }

  // Shows the link to the result, in place of the button that asked for it.
  link(): void {
    const keep = this.#keep, place = slot('link').querySelector('p')!, field = h('input.field.grow', { readonly: '', type: 'text', 'aria-label': keep.say('take.link') }) as HTMLInputElement
    const copy = button(keep.say('take.copy'), () => {
      field.select()
      const told = (key: string) => (): void => { copy.textContent = keep.say(key) };
      // Absent where the connection is not secure.
      (navigator.clipboard?.writeText(field.value) ?? Promise.reject()).then(told('take.copied'), told('take.not-copied'))
    }, '')
    keep.changed = () => {
      field.value = keep.base + withPart('#Result', kind, writeLink(this.#reader.layouts[0]!, keep.answers()))
      copy.textContent = keep.say('take.copy')
    }
    keep.changed()
    replace(place, field, copy)
    field.select()
  }

  async compare(file: File): Promise<void> {
    const keep = this.#keep, { words, model } = keep.session, read = await this.#read(file)
    if (!read) return
    const { same, moved, apart } = compare(model, keep.answers(), read), then = keep.session.resultOf(read.answers), now = keep.session.result()
    words.decide(then)
    const before = then.decision?.text ?? '', decision = now.decision?.text ?? ''
    const levels = now.dimensions.map((d, i) => ({ id: d.id, before: words.level(then.dimensions[i]!.ladder), after: words.level(d.ladder) }))
      .filter(({ before, after }) => before !== after)
    const text = (q: Question, a: Answer): string => a.state === 'answered' ? words.answer(q.id, said(q, a)) : words.say('answer.' + (a.state || 'unanswered'))
    const line = ({ question, before, after, way }: Moved): HTMLElement => h('div.line', h('dt', words.question(question.id)),
      h('dd', text(question, before) + ' → ', h('b', text(question, after)), way !== 'other' && h('span.hint', ' ' + keep.say('compare.' + way))))
    const heading = h('h3', { tabindex: -1 }, keep.say('compare.title', { name: [read.label || file.name, read.date].filter(Boolean).join(', ') }))
    replace(this.#moved, heading,
      h('p', words.count('compare.count', moved.length, { same }), apart > 0 && ' ' + words.count('compare.apart', apart)),
      (moved.length + levels.length > 0 || before !== decision) && h('dl.changes',
        before !== decision && h('div.line', h('dt', words.say('result.decision')), h('dd', before + ' → ', h('b', decision))),
        levels.map(({ id, before, after }) => h('div.line', h('dt', keep.say('compare.level', { dimension: words.dimension(id) })), h('dd', before + ' → ', h('b', after)))),
        moved.map(line)))
    heading.focus({ preventScroll: true })
    heading.scrollIntoView() // the button that asked for it stands at the lower edge
  }
}
