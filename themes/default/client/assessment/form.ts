// The page's form: what its questions say, what was answered, which are asked. The
// form works without this; here it only becomes live.
import { Answer, Answers, answered, bit, isValid, Model, Question, unanswered, valueOfSteps } from '../engine/model'
import { Texts } from '../engine/words'
import { h } from './dom'

const inputs = (field: Element): HTMLInputElement[] => [...field.querySelectorAll('input')]

export class Form {
  private readonly fields: HTMLElement[]
  private readonly clear: HTMLElement[]

  constructor(form: HTMLFormElement, private readonly model: Model, private readonly say: (key: string) => string, changed: () => void) {
    this.fields = model.questions.map(({ id }) => document.getElementById(id)!)
    this.clear = this.fields.map((field, i) => {
      const button = h('button', { type: 'button', class: 'button quiet tiny', hidden: '' }, say('page.clear-one'))
      button.addEventListener('click', () => {
        this.empty(i)
        inputs(field)[0]?.focus()
        changed()
      })
      field.append(button)
      return button
    })
    form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement) this.keepOne(target)
      changed()
    })
    form.addEventListener('submit', (event) => event.preventDefault()) // Enter in a field
    form.addEventListener('keydown', (event) => this.key(event))
  }

  // Fills in the texts that the form shows.
  read(texts: Texts): void {
    texts.questions.forEach((question, i) => {
      const field = this.fields[i]!
      question.text = field.querySelector('.asked')?.textContent ?? ''
      question.options = this.model.questions[i]!.options.map(({ id }) =>
        inputs(field).find(({ value }) => value === id)?.parentElement?.querySelector(':scope > span')?.textContent ?? id)
    })
  }

  answers(): Answers {
    return this.model.questions.map((q, i) => {
      const field = this.fields[i]!, answer = answerOf(q, inputs(field))
      const wrong = answer === undefined
      if (q.kind === 'number') this.complain(field, wrong)
      this.clear[i]!.hidden = !wrong && answer.state === ''
      return answer ?? unanswered
    })
  }

  // Puts other answers in place of those that are there.
  write(answers: Answers): void {
    this.model.questions.forEach((q, i) => {
      this.empty(i)
      const answer = answers[i]
      if (!answer || answer.state === '' || !isValid(q, answer)) return
      const list = inputs(this.fields[i]!), choose = (value: string): void => {
        const input = list.find((input) => input.type !== 'number' && input.value === value)
        if (input) input.checked = true
      }
      if (answer.state !== 'answered') choose(answer.state)
      else if (q.kind === 'number') list.find(({ type }) => type === 'number')!.value = String(valueOfSteps(q, answer.number))
      else if (q.kind !== 'many') choose(q.options[answer.option]!.id)
      else if (answer.options === 0n) choose('none')
      else q.options.forEach(({ id }, option) => { if (answer.options & bit(option)) choose(id) })
    })
  }

  readOnly(flag: boolean): void {
    for (const field of this.fields) (field as HTMLFieldSetElement).disabled = flag
  }

  // Says, beside a number that does not fit, that it counts as no answer.
  private complain(field: HTMLElement, wrong: boolean): void {
    const input = field.querySelector('.field'), before = field.querySelector('.alert')
    if (wrong === (before !== null)) return
    input?.setAttribute('aria-invalid', String(wrong))
    before?.remove()
    if (wrong) input?.parentElement?.after(h('div', { class: 'alert warning', role: 'alert' }, h('p', {}, this.say('page.wrong')), h('p', {}, this.say('page.wrong-number'))))
  }

  // Shows only what is asked, or may be.
  show(hidden: string[]): void {
    this.model.questions.forEach(({ id }, i) => { this.fields[i]!.hidden = hidden.includes(id) })
  }

  private empty(i: number): void {
    for (const input of inputs(this.fields[i]!)) {
      input.checked = false
      if (input.type === 'number') input.value = ''
    }
  }

  // An exclusive option stands alone, and so does "I don't know".
  private keepOne(input: HTMLInputElement): void {
    const i = this.fields.findIndex((field) => field.contains(input)), q = this.model.questions[i]
    if (!q || q.kind !== 'many' && q.kind !== 'number') return
    const exclusive = (id: string): boolean => q.options.some((option) => option.id === id && option.exclusive)
    for (const other of inputs(this.fields[i]!)) {
      if (other === input) continue
      if (input.type === 'radio' && other.type === 'number') other.value = ''
      else if (input.type !== other.type || input.type === 'checkbox' && (exclusive(input.value) || exclusive(other.value))) other.checked = other.checked && !input.checked && input.type !== 'number'
    }
  }

  // The number that stands beside an option chooses it.
  private key(event: KeyboardEvent): void {
    const { target, key } = event
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio' || event.ctrlKey || event.altKey || event.metaKey) return
    for (const label of target.closest('fieldset')?.querySelectorAll('.option') ?? []) {
      if (label.querySelector('kbd')?.textContent === key) {
        const input = label.querySelector('input')!
        input.focus()
        input.click()
      }
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
    const x = Number(input.value), number = Math.round(x * 10 ** q.places / q.units), answer = answered({ number })
    return input.value !== '' && isValid(q, answer) && valueOfSteps(q, number) === x ? answer : undefined
  }
  const option = q.options.findIndex(({ id }) => id === chosen)
  return option < 0 ? unanswered : answered({ option })
}
