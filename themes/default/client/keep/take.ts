// What can be taken away from a result: a link, a file, and what moved since an earlier
// file. A page without an address that others can open offers no link.
import { compare, Moved } from '../answers/compare'
import { writeFile } from '../answers/file'
import { withPart } from '../answers/fragment'
import { kind, writeLink } from '../answers/link'
import { h, replace } from '../assessment/dom'
import { Answer, Answers, Question, said, unanswered } from '../engine/model'
import { Keep } from './keep'

export function button(text: string, click: () => void, kind = '.quiet'): HTMLElement {
  const element = h('button.button' + kind, { type: 'button' }, text)
  element.addEventListener('click', click)
  return element
}

// A button that asks for a file.
export function picker(text: string, picked: (file: File) => void, kind?: string): HTMLElement {
  const input = h('input', { type: 'file', accept: '.json', hidden: '' }) as HTMLInputElement
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    input.value = '' // the same file may be picked again
    if (file) picked(file)
  })
  const element = button(text, () => input.click(), kind)
  element.append(input)
  return element
}

// The page's address, if others can open it: on this machine alone only the one that the
// site's settings give.
function address(): string | undefined {
  const { protocol, hostname, origin, pathname } = window.location
  if (protocol !== 'file:' && !/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname)) return origin + pathname
  return document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
}

export class Take {
  private readonly base = address()
  private readonly link = h('input.field.grow', { readonly: '', type: 'text' }) as HTMLInputElement
  private readonly moved = h('div.flow', { 'aria-live': 'polite' })

  constructor(private readonly keep: Keep) {
    const copy = button(keep.say('take.copy'), () => {
      this.link.select()
      const told = (key: string) => (): void => { copy.textContent = keep.say(key) };
      // Absent where the connection is not secure.
      (navigator.clipboard?.writeText(this.link.value) ?? Promise.reject()).then(told('take.copied'), told('take.not-copied'))
    }, '')
    this.link.setAttribute('aria-label', keep.say('take.link'))
    replace(keep.session.take,
      this.base ? [h('p.row', this.link, copy), h('p.hint', keep.say('take.travels'))] : h('p', keep.say('take.no-address')),
      h('p.row', button(keep.say('keep.save-file'), () => this.download()), picker(keep.say('keep.open-file'), (file) => void keep.open(file)), picker(keep.say('take.compare'), (file) => void this.compare(file))),
      h('p.hint', keep.say('take.file')), this.moved)
    document.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    })
    document.addEventListener('drop', (event) => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      void keep.open(file)
    })
  }

  // The answers to what is asked: all that leaves the page.
  private answers(): Answers {
    const { model, answers, result } = this.keep.session, { hidden } = result()
    return answers().map((answer, i) => hidden.includes(model.questions[i]!.id) ? unanswered : answer)
  }

  show(): void {
    if (this.base) this.link.value = this.base + withPart('#Result', kind, writeLink(this.keep.reader.layouts[0]!, this.answers()))
  }

  // Saves a text, or the answers as the command reads them.
  download(text?: string): void {
    const { model } = this.keep.session, day = new Date().toISOString().slice(0, 10)
    const url = URL.createObjectURL(new Blob([text ?? writeFile(model, this.answers(), [], day)], { type: 'application/json' }))
    const a = h('a', { href: url, download: `${model.id}-answers-${day}.json` })
    a.click()
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }

  private async compare(file: File): Promise<void> {
    const { keep } = this, { words, model } = keep.session, read = await keep.read(file)
    if (!read) return
    const { same, moved, apart } = compare(model, this.answers(), read)
    const text = (q: Question, a: Answer): string => a.state === 'answered' ? words.answer(q.id, said(q, a)) : words.say('answer.' + (a.state || 'unanswered'))
    const line = ({ question, before, after, way }: Moved): HTMLElement => h('div.line', h('dt', words.question(question.id)),
      h('dd', text(question, before) + ' → ', h('b', text(question, after)), way !== 'other' && h('span.hint', ' ' + keep.say('compare.' + way))))
    replace(this.moved, h('h3', keep.say('compare.title', { name: [read.label || file.name, read.date].filter(Boolean).join(', ') })),
      h('p', words.messages.count('compare.count', moved.length, { same }), apart > 0 && ' ' + words.messages.count('compare.apart', apart)),
      moved.length > 0 && h('dl.changes', moved.map(line)))
  }
}
