// What becomes of the answers: they are kept in this browser as one goes, unless the
// page came from a disk, where pages of one folder can read one another's storage.
// Whatever cannot be kept, or might be lost, is said, and the file offered.
//
// Keeping is part of the page. What reads answers, makes links and compares is a script of
// its own, which is loaded when it is asked for: client/exchange.ts.
import { isTooLong } from '../answers/fragment'
import { prefix, Store } from '../answers/store'
import { writeFile } from '../answers/write'
import { Session } from '../assessment/assessment'
import { Child, h, replace, slot } from '../assessment/dom'
import { Pairs } from '../engine/messages'
import { Answers, unanswered } from '../engine/model'
import { Exchange } from '../exchange/exchange'
import { load } from './load'

// Whether answers are kept, and why not: keys of messages.
type State = 'new' | 'kept' | 'disk' | 'waiting' | 'foreign' | 'refused' | 'elsewhere'

// What a button does when it is pressed; the page's template names them too.
type Action = 'here' | 'save' | 'open' | 'forget' | 'link' | 'compare' | 'resume'

// The page's address, if others can open it: on this machine alone only the one that the
// site's settings give.
function address(): string | undefined {
  const { protocol, hostname, origin, pathname } = location
  if (protocol !== 'file:' && !/^((.*\.)?localhost|127\..*|\[::1\])$/.test(hostname)) return origin + pathname
  return document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
}

// How many answers a file holds, as far as can be told without reading it; nothing if it
// is no file.
function count(text: string): number | undefined {
  try {
    return Object.values((JSON.parse(text) as { answers: Record<string, object> }).answers).filter((answer) => 'value' in answer || 'state' in answer).length
  } catch {
    return undefined
  }
}

export class Keep {
  readonly fresh: State = location.protocol === 'file:' ? 'disk' : 'new'
  state = this.fresh
  readonly base = address()
  readonly store = new Store(prefix + location.pathname)
  // Called when the answers are others.
  changed = (): void => {}
  readonly #file = h('input', { type: 'file', accept: '.json' }) as HTMLInputElement
  #picked: (exchange: Exchange, file: File) => unknown = () => {}
  #exchange?: Promise<Exchange>
  readonly #actions: Record<Action, () => unknown> = {
    here: () => this.save(true),
    save: () => this.download(),
    open: () => this.#pick((x, file) => x.open(file)),
    compare: () => this.#pick((x, file) => x.compare(file)),
    forget: () => this.#forget(),
    link: () => this.#ask((x) => x.link()),
    resume: () => this.#ask((x) => x.resume()),
  }

  constructor(readonly session: Session) {
    slot(this.base ? 'no-link' : 'link').remove()
    document.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest<HTMLElement>('[data-do]')
      if (button) this.#actions[button.dataset.do as Action]()
    })
    this.#file.addEventListener('change', () => {
      const file = this.#file.files![0]
      this.#file.value = '' // the same file may be picked again
      if (file) void this.#ask((x) => this.#picked(x, file))
    })
    for (const type of ['dragover', 'drop'] as const) {
      document.addEventListener(type, (event) => {
        const data = event.dataTransfer, file = data?.files[0] // known once it is dropped
        if (data?.types.includes('Files')) event.preventDefault()
        if (file) void this.#ask((x) => x.open(file))
      })
    }
    session.changed(() => this.save())
    window.addEventListener('hashchange', () => this.follow())
    window.addEventListener('storage', (event) => {
      if (this.state === 'kept' && this.store.isNews(event)) this.#elsewhere()
    })
    this.begin()
  }

  #pick(picked: (exchange: Exchange, file: File) => unknown): void {
    this.#picked = picked
    this.#file.click()
  }

  say(key: string, pairs?: Pairs): string { return this.session.words.say(key, pairs) }

  button(action: Action, key: string, kind = '.quiet'): HTMLElement { return h('button.button' + kind, { type: 'button', 'data-do': action }, this.say(key)) }

  // Says something above the questions, in place of what was said there or before it.
  tell(tone: 'note' | 'warning', key: string, lines: Child[] = [], actions: Child[] = [], add = false): void {
    const alert = h('div.alert.' + tone, h('p', this.say(key)), lines, actions.length > 0 && h('p.row', actions)), notice = slot('notice')
    if (!add) replace(notice)
    notice.prepend(alert)
  }

  show(state: State): void {
    const [line, here, , , forget] = slot('kept').querySelectorAll<HTMLElement>('[role], button')
    this.state = state
    line!.textContent = this.say('keep.' + state)
    here!.hidden = state !== 'disk'
    forget!.hidden = state !== 'kept' && state !== 'refused'
    this.changed()
  }

  // Does something with what reads, sends and compares answers; if that cannot be had,
  // nothing is lost.
  #ask(what: (exchange: Exchange) => unknown): Promise<unknown> {
    this.#exchange ??= load(this)
    return this.#exchange.then(what, () => {
      this.#exchange = undefined // the next time tries again
      this.tell('warning', 'exchange.missing', [h('p', this.say('exchange.how'))], [this.button('save', 'keep.save-file')], true)
      slot('notice').scrollIntoView()
    })
  }

  // Follows the address, if it holds answers or did.
  async follow(): Promise<void> {
    const { hash } = location
    if (this.#exchange || isTooLong(hash) || hash.includes('answers=')) await this.#ask((x) => x.follow())
  }

  // Offers what an earlier visit kept. That is read when it is resumed; what is no file at
  // all is said at once.
  begin(): void {
    const text = this.store.read()
    this.show(text === null ? this.fresh : 'waiting')
    if (text === null) return
    const n = count(text)
    if (n === undefined) this.#actions.resume()
    else {
      this.tell('note', 'keep.again', [h('p', this.say('keep.again-how', { n, all: this.session.model.questions.length }))],
        [this.button('resume', 'keep.resume', ''), this.button('forget', 'keep.forget')])
    }
  }

  none(): void { this.session.set(this.session.model.questions.map(() => unanswered)) }

  #forget(): void {
    const gone = this.store.write(null, true) === 'kept'
    this.none()
    this.show(gone ? this.fresh : 'refused')
    this.tell(gone ? 'note' : 'warning', gone ? 'keep.forgotten' : 'keep.not-forgotten')
  }

  // Keeps the answers, after each change.
  save(asked = false, over = false): void {
    this.changed()
    if (!asked && this.state !== 'new' && this.state !== 'kept' && this.state !== 'refused') return
    const answers = this.session.answers(), some = answers.some(({ state, note }) => state !== '' || note !== '')
    const done = this.store.write(some ? writeFile(this.session.model, answers) : null, over)
    if (done === 'elsewhere') this.#elsewhere()
    else if (done !== this.state) {
      this.show(done)
      if (done === 'refused') this.tell('warning', 'keep.refused', [], [this.button('save', 'keep.save-file')])
    }
  }

  // Another tab kept other answers: which ones count is the reader's to say.
  #elsewhere(): void {
    this.show('elsewhere')
    void this.#ask((x) => x.elsewhere())
  }

  // The answers to what is asked: all that leaves the page.
  answers(): Answers {
    const { model, answers, result } = this.session, { hidden } = result()
    return answers().map((answer, i) => hidden.includes(model.questions[i]!.id) ? unanswered : answer)
  }

  // Saves a text, or the answers as the command reads them.
  download(text?: string): void {
    const { model } = this.session, day = new Date().toISOString().slice(0, 10)
    const url = URL.createObjectURL(new Blob([text ?? writeFile(model, this.answers(), day)], { type: 'application/json' }))
    h('a', { href: url, download: `${model.id}-answers-${day}.json` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}
