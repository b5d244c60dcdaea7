// The page of an assessment: its form becomes live, and the result stands under it.
// What an answer shows is drawn at once; reasons, what to ask next and what would
// change the decision follow in slices while nobody waits.
import { open } from '../engine/engine'
import { Answers, Model } from '../engine/model'
import { Evaluation, Result } from '../engine/result'
import { Words } from '../engine/words'
import { Data } from './data'
import { h, replace } from './dom'
import { Form } from './form'
import { attachKeep } from './keep'
import { ResultView } from './result'

// An assessment being answered, as the parts that keep, share and compare answers see
// it. They draw into the elements it names, and nowhere else.
export interface Session {
  readonly model: Model
  readonly data: Data
  readonly words: Words
  // The assessment's title.
  readonly title: string
  // Every answer in the form, those to questions that are hidden now, marks and notes
  // included.
  answers(): Answers
  // What the answers show: the newest evaluation.
  result(): Result
  // Puts other answers into the form and shows them; listeners are not called.
  set(answers: Answers): void
  // Someone else's answers are looked at, not changed.
  readOnly(flag: boolean): void
  // Calls after each change that the reader makes.
  changed(listener: () => void): void
  // Above questions and result: what must be seen first, such as an offer to resume.
  readonly notice: HTMLElement
  // Beside the form: what becomes of the answers.
  readonly kept: HTMLElement
  // At the end of the result: what can be taken away.
  readonly take: HTMLElement
}

export function attachAssessment(): void {
  const element = document.querySelector('.assessment form'), block = document.querySelector('script[type="application/json"]')
  if (!(element instanceof HTMLFormElement) || !block?.textContent) return
  const data = JSON.parse(block.textContent) as Data
  const { model, evaluate } = open(data.model)
  data.model = model
  const words = new Words(model, data.texts, data.messages)
  const listeners: (() => void)[] = []
  const form = new Form(element, model, (key) => words.say(key), () => {
    update()
    for (const listener of listeners) listener()
  })
  form.read(data.texts)
  const title = document.querySelector('h1')?.textContent ?? ''
  const view = new ResultView(data, words, title)
  view.attach(document.querySelector('main')!)
  const status = h('section', { class: 'flow', 'aria-live': 'polite' })
  const kept = h('section', { class: 'flow' }), notice = h('div', { class: 'flow' })
  const aside = document.querySelector('aside.note')
  replace(aside!, status, kept)
  element.before(notice)

  let run = 0, result: Result
  function update(): void {
    const mine = ++run
    const evaluation = evaluate(form.answers())
    result = evaluation.result
    words.fill(result)
    form.show(result.hidden)
    view.now(evaluation)
    const rest = later(evaluation)
    const slice = (until: () => boolean): void => {
      if (mine !== run) return
      do if (rest.next().done) return
      while (until())
      whenIdle(slice)
    }
    whenIdle(slice)
  }

  function* later(evaluation: Evaluation): Generator<undefined> {
    evaluation.order()
    say(evaluation)
    yield
    evaluation.explain()
    yield
    view.why(evaluation)
    yield
    yield* evaluation.changing()
    words.fill({ ...evaluation.result, votes: [], advice: [], values: [], decision: undefined })
    view.change(evaluation)
  }

  // How far it is, beside the form: read out when it changes, so said once an answer.
  function say({ result: r }: Evaluation): void {
    const { counts } = r, all = counts.answered + counts['dont-know'] + counts['not-applicable'] + counts.unanswered
    const ask = r.ask?.[0]
    replace(status, h('h2', { class: 'label' }, words.say('page.status')),
      h('p', {}, words.say('result.answered', { n: String(all - counts.unanswered), all: String(all) })),
      r.decision?.outcome !== undefined && h('p', {}, r.decision.text!),
      all > counts.unanswered && h('p', {}, h('a', { href: '#Result' }, words.say('page.see'))),
      ask !== undefined && h('p', { class: 'hint' }, words.say('page.ask') + ' ', h('a', { href: '#' + ask }, words.question(ask))))
  }

  update()
  attachKeep({
    model, data, words, title, notice, kept, take: view.take,
    answers: () => form.answers(),
    result: () => result,
    set: (answers) => {
      form.write(answers)
      update()
    },
    readOnly: (flag) => form.readOnly(flag),
    changed: (listener) => { listeners.push(listener) },
  })
}

// Runs when nothing else is to be done, with a test whether there is still time.
function whenIdle(run: (until: () => boolean) => void): void {
  if (window.requestIdleCallback) window.requestIdleCallback((deadline) => run(() => deadline.timeRemaining() > 4))
  else window.setTimeout(() => run(() => false), 16)
}
