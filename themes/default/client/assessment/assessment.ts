// The page of an assessment: its form becomes live, and the result stands under it.
// What an answer shows is drawn at once; reasons, what to ask next and what would
// change the decision follow in slices while nobody waits.
import { open } from '../engine/engine'
import { Evaluation } from '../engine/result'
import { Words } from '../engine/words'
import { Data } from './data'
import { h, replace } from './dom'
import { Form } from './form'
import { ResultView } from './result'

export function attachAssessment(): void {
  const element = document.querySelector('.assessment form'), block = document.querySelector('script[type="application/json"]')
  if (!(element instanceof HTMLFormElement) || !block?.textContent) return
  const data = JSON.parse(block.textContent) as Data
  const { model, evaluate } = open(data.model)
  data.model = model
  const words = new Words(model, data.texts, data.messages)
  const form = new Form(element, model, (key) => words.say(key), () => update())
  form.read(data.texts)
  const view = new ResultView(data, words, document.querySelector('h1')?.textContent ?? '')
  view.attach(document.querySelector('main')!)
  const status = h('section', { class: 'flow', 'aria-live': 'polite' })
  document.querySelector('aside.note')?.prepend(status)

  let run = 0
  function update(): void {
    const mine = ++run
    const evaluation = evaluate(form.answers()), { result } = evaluation
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
}

// Runs when nothing else is to be done, with a test whether there is still time.
function whenIdle(run: (until: () => boolean) => void): void {
  if (window.requestIdleCallback) window.requestIdleCallback((deadline) => run(() => deadline.timeRemaining() > 4))
  else window.setTimeout(() => run(() => false), 16)
}
