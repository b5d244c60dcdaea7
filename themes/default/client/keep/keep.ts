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
import { copy, due, h, replace, slot } from '../assessment/dom'
import { Pairs } from '../engine/messages'
import { Answers, unanswered } from '../engine/model'
import { Exchange } from '../exchange/exchange'
import { load } from './load'

// Whether answers are kept, and why not: keys of messages.
type State = 'new' | 'kept' | 'disk' | 'waiting' | 'foreign' | 'refused' | 'elsewhere'

// What a button does when it is pressed; the page's template names them too.
export type Action = 'here' | 'save' | 'open' | 'forget' | 'link' | 'compare' | 'resume'

// The page's address, if others can open it: on this machine alone only the one that the
// site's settings give.
function address(): string | undefined {
  const { protocol, hostname, origin, pathname } = location
  if (protocol !== 'file:' && !/^((.*\.)?localhost|127\..*|\[::1\])$/.test(hostname)) return origin + pathname
  return document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
}

// How many answers a file holds, as far as can be told without reading it; nothing if it
// holds none.
const count = (text: string): number | undefined => text.match(/[{,]\s*"(value|state)":/g)?.length

// Whether the reader has not come anew, but loaded the page again or gone back to it.
const isBack = (): boolean => /reload|back/.test(String((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type))

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
  // Earlier answers that are taken up by themselves.
  #resumed?: Promise<unknown>
  // Whether the reader was shown that nothing is kept before it is decided.
  #shown = false
  readonly #actions: Record<Action, () => unknown> = {
    here: () => this.save(true),
    save: () => this.download(),
    open: () => this.#pick((x, file) => x.open(file)),
    compare: () => this.#pick((x, file) => x.compare(file)),
    forget: () => this.#forget(),
    link: () => this.#ask((x) => x.link()),
    resume: () => this.#ask((x) => x.resume(true)),
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

  // Says something above the questions, in place of what was said there or before it: a
  // <template> of the page, or an alert.
  tell(alert: string | Node, add = false): void {
    const notice = slot('notice')
    if (!add) replace(notice)
    notice.prepend(typeof alert === 'string' ? copy(alert)! : alert)
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
  #ask(what: (exchange: Exchange) => unknown, otherwise?: () => void): Promise<unknown> {
    this.#exchange ??= load(this)
    return this.#exchange.then(what, () => {
      this.#exchange = undefined // the next time tries again
      otherwise?.()
      this.tell('Missing', true)
      slot('notice').scrollIntoView()
    })
  }

  // Follows the address, if it holds answers or did.
  async follow(): Promise<void> {
    await this.#resumed
    const { hash } = location
    if (this.#exchange || isTooLong(hash) || hash.includes('answers=')) await this.#ask((x) => x.follow())
  }

  // Offers what an earlier visit kept, or takes it up at once when the reader has never
  // really left. It is read when it is resumed; what holds no answer is read at once.
  begin(): void {
    const text = this.store.read()
    this.show(text === null ? this.fresh : 'waiting')
    if (text === null) return
    const n = count(text), offer = (): void => {
      if (n) this.tell(copy('Again', { how: this.say('keep.again-how', { n, all: this.session.model.questions.length }) })!)
    }
    if (n && !isBack()) offer()
    else this.#resumed = this.#ask((x) => x.resume(false), offer)
  }

  none(): void { this.session.set((form) => form.clear()) }

  #forget(): void {
    const gone = this.store.write(null, true) === 'kept'
    this.none()
    this.show(gone ? this.fresh : 'refused')
    this.tell(gone ? 'Forgotten' : 'Not-forgotten')
    this.session.again()
  }

  // Keeps the answers, after each change.
  save(asked = false, over = false): void {
    this.changed()
    if (!asked && !/new|kept|refused/.test(this.state)) {
      if (!this.#shown) due()?.scrollIntoView({ block: 'nearest' })
      this.#shown = true
      return
    }
    const answers = this.session.answers(), some = answers.some(({ state, note }) => state !== '' || note !== '')
    const done = this.store.write(some ? writeFile(this.session.model, answers) : null, over)
    if (done === 'elsewhere') this.#elsewhere()
    else if (done !== this.state) {
      this.show(done)
      if (done === 'refused') this.tell('Refused')
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
