// The page's form: what its questions say, what was answered, which are asked. The
// form works without this; here it only becomes live.
import { Answer, Answers, answered, bit, isScored, Model, Question, stepsOf, unanswered } from '../engine/model'
import { Texts } from '../engine/words'
import { copy } from './dom'

// The inputs that answer a question; a note and marks have no name.
export const inputs = (field: Element): HTMLInputElement[] => [...field.querySelectorAll<HTMLInputElement>('input[name]')]

// What stands below a question: a button that takes its answer back, two marks, a note.
interface More { clear: HTMLElement; byChoice: HTMLInputElement; outside: HTMLInputElement; note: HTMLTextAreaElement }

export class Form {
  readonly #form: HTMLFormElement
  readonly #model: Model
  readonly fields: HTMLFieldSetElement[]
  readonly more: More[]

  constructor(form: HTMLFormElement, model: Model, changed: () => void, goOn: (i: number) => void) {
    this.#form = form
    this.#model = model
    this.fields = model.questions.map(({ id }) => document.getElementById(id) as HTMLFieldSetElement)
    this.more = this.fields.map((field, i) => {
      field.append(copy('More')!)
      const clear = field.querySelector('button')!
      clear.addEventListener('click', () => {
        this.#empty(i)
        this.focus(i)
        changed()
      })
      const [byChoice, outside] = field.querySelectorAll<HTMLInputElement>('.more input')
      return { clear, byChoice: byChoice!, outside: outside!, note: field.querySelector('textarea')! }
    })
    form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && target.name) this.#keepOne(target)
      changed()
    })
    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('keydown', (event) => {
      const { target, key } = event
      if (!(target instanceof HTMLInputElement) || event.ctrlKey || event.altKey || event.metaKey) return
      if (key === 'Enter') {
        event.preventDefault() // it goes on, and never submits
        goOn(this.#at(target))
      } else if (target.name && target.type !== 'number') this.#key(target, key)
    })
  }

  // The question that an element belongs to, or -1.
  #at(element: Element): number { return this.fields.findIndex((field) => field.contains(element)) }

  // Puts the focus on a question's answer, or on the first it offers.
  focus(i: number): void {
    const list = inputs(this.fields[i]!);
    (list.find(({ checked }) => checked) ?? list[0])?.focus({ preventScroll: true })
  }

  // What the page says already, for words that are printed.
  static read(model: Model, texts: Texts): void {
    const titles = (kind: string, list: { id: string }[]): string[] => list.map(({ id }) => copy(kind + id)?.querySelector('h3')?.textContent ?? id)
    texts.outcomes = titles('Outcome-', model.outcomes)
    texts.advice = titles('Advice-', model.advice)
    texts.questions.forEach((question, i) => {
      const { id, options } = model.questions[i]!, field = document.getElementById(id)!
      question.text = field.querySelector('.asked')?.textContent ?? ''
      question.options = options.map(({ id }) => inputs(field).find(({ value }) => value === id)?.parentElement?.querySelector(':scope > span')?.textContent ?? id)
    })
  }

  answers(): Answers {
    return this.#model.questions.map((q, i) => {
      const field = this.fields[i]!, given = answerOf(q, inputs(field)), answer = given ?? unanswered
      const { clear, byChoice, outside, note } = this.more[i]!, isAnswered = answer.state === 'answered'
      if (q.kind === 'number') this.#complain(field, !given)
      clear.hidden = given?.state === ''
      field.classList.toggle('given', answer.state !== '')
      const lowest = isAnswered && isScored(q) && q.options[answer.option]?.level === q.lowest && q.kind !== 'many' && q.kind !== 'number'
      byChoice.parentElement!.hidden = !lowest
      outside.parentElement!.hidden = !isAnswered
      return { ...answer, 'by-choice': lowest && byChoice.checked, 'outside-control': isAnswered && outside.checked, note: note.value }
    })
  }

  // Takes back every answer, mark and note.
  clear(): void { HTMLFormElement.prototype.reset.call(this.#form) } // a question may be called reset

  readOnly(flag: boolean): void {
    for (const field of this.fields) field.disabled = flag
  }

  // Says, beside a number that does not fit, that it counts as no answer.
  #complain(field: HTMLElement, wrong: boolean): void {
    const input = field.querySelector('.field'), before = field.querySelector('.alert')
    if (wrong === (before !== null)) return
    input?.setAttribute('aria-invalid', String(wrong))
    before?.remove()
    if (wrong) input?.parentElement?.after(copy('Wrong')!)
  }

  // Shows only what is asked, or may be.
  show(hidden: string[]): void {
    this.#model.questions.forEach(({ id }, i) => this.fields[i]!.hidden = hidden.includes(id))
  }

  #empty(i: number): void {
    for (const input of inputs(this.fields[i]!)) {
      input.checked = false
      if (input.type === 'number') input.value = ''
    }
  }

  // An exclusive option stands alone, and so does "I don't know".
  #keepOne(input: HTMLInputElement): void {
    const i = this.#at(input), q = this.#model.questions[i]
    if (!q || q.kind !== 'many' && q.kind !== 'number') return
    const exclusive = (id: string): boolean => q.options.some((option) => option.id === id && option.exclusive)
    for (const other of inputs(this.fields[i]!)) {
      if (other === input) continue
      if (input.type === 'radio' && other.type === 'number') other.value = ''
      else if (input.type !== other.type || input.type === 'checkbox' && (exclusive(input.value) || exclusive(other.value))) other.checked = other.checked && !input.checked && input.type !== 'number'
    }
  }

  // The number that stands beside an option chooses it, while the focus is in its group.
  #key(target: HTMLInputElement, key: string): void {
    for (const kbd of target.closest('fieldset')!.querySelectorAll('kbd:not(.in-print)')) {
      if (kbd.textContent !== key) continue
      const input = kbd.parentElement!.querySelector('input')!
      input.focus()
      input.click()
    }
  }
}

// The answer in a question's inputs; nothing if it is a number outside its range.
function answerOf(q: Question, list: HTMLInputElement[]): Answer | undefined {
  const chosen = list.find(({ type, checked }) => type === 'radio' && checked)?.value
  if (chosen === 'dont-know' || chosen === 'not-applicable') return { ...unanswered, state: chosen }
  if (q.kind === 'many') {
    const options = q.options.reduce((set, { id }, i) => list.some(({ type, value, checked }) => type === 'checkbox' && value === id && checked) ? set | bit(i) : set, 0n)
    return options !== 0n || chosen === 'none' ? answered({ options }) : unanswered
  }
  if (q.kind === 'number') {
    const input = list.find(({ type }) => type === 'number')
    if (!input || input.value === '' && !input.validity.badInput) return unanswered
    const number = input.value === '' ? undefined : stepsOf(q, Number(input.value))
    return number === undefined ? undefined : answered({ number })
  }
  const option = q.options.findIndex(({ id }) => id === chosen)
  return option < 0 ? unanswered : answered({ option })
}
