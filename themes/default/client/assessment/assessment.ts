// The page of an assessment: its form becomes live, and the result is another view of
// it. What an answer settles is said at once; the order of what is asked next, the
// result's pictures, reasons and what would change it follow in slices while nobody waits.
import { open } from '../engine/engine'
import { Answers, Model } from '../engine/model'
import { Evaluation, Result } from '../engine/result'
import { Words } from '../engine/words'
import { Data } from './data'
import { slot } from './dom'
import { Keep } from '../keep/keep'
import { Flow, goTo } from './flow'
import { Form } from './form'
import { ResultView } from './result'

// An assessment being answered, as the parts that keep, share and compare answers see
// it. An event hands it to whatever else a theme adds.
export interface Session {
  readonly model: Model
  readonly data: Data
  readonly words: Words
  // Every answer in the form, those to questions that are hidden now, marks and notes
  // included.
  answers(): Answers
  // What the answers show: the newest evaluation.
  result(): Result
  // What other answers show.
  resultOf(answers: Answers): Result
  // Lets other answers be put into the form and shows them; listeners are not called.
  set(put: (form: Form) => void): void
  // Someone else's answers are looked at, not changed.
  readOnly(flag: boolean): void
  // Calls after each change that the reader makes.
  changed(listener: () => void): void
  // Takes the view up again where it was, with the focus, after answers were set.
  again(): void
  // Goes to a view, which is a step of the browser's history: '' for the start,
  // 'Result', 'All', 'Short', or a question's id.
  goTo(anchor: string): void
}

export function attachAssessment(): void {
  const element = document.querySelector('.assessment form'), block = document.querySelector('script[type="application/json"]')
  if (!(element instanceof HTMLFormElement) || !block?.textContent) return
  const data = JSON.parse(block.textContent) as Data
  const { model, evaluate } = open(data.model)
  data.model = model
  Form.read(model, data.texts)
  const words = new Words(model, data.texts, data.messages)
  const listeners: (() => void)[] = []
  const form = new Form(element, model, () => {
    update()
    for (const listener of listeners) listener()
  }, (i) => flow.goOn(i))
  const flow = new Flow(form, words, data.pace, () => draw())
  const view = new ResultView(data, words)

  let evaluation: Evaluation, draw: () => void
  function update(): void {
    const mine = evaluation = evaluate(form.answers())
    let drawn = false
    slot('change').setAttribute('aria-busy', 'true') // until all of the result is that of these answers
    draw = () => {
      if (drawn) return
      drawn = true
      words.now(mine.result)
      view.now(mine)
    }
    form.show(mine.result.hidden)
    words.decide(mine.result)
    flow.show(mine)
    const rest = later(mine)
    const slice = (until: () => boolean): void => {
      if (mine !== evaluation) return
      do if (rest.next().done) return
      while (until())
      whenIdle(slice)
    }
    whenIdle(slice)
  }

  function* later(evaluation: Evaluation): Generator<undefined> {
    evaluation.order()
    yield
    draw()
    yield
    evaluation.explain()
    yield
    view.why(evaluation)
    yield
    yield* evaluation.changing()
    words.change(evaluation.result)
    view.change(evaluation)
  }

  update()
  const session: Session = {
    model, data, words,
    answers: () => form.answers(),
    result: () => evaluation.result,
    resultOf: (answers) => evaluate(answers).result,
    set: (put) => {
      put(form)
      update()
    },
    readOnly: (flag) => {
      form.readOnly(flag)
      slot('whose').textContent = words.say(flag ? 'page.other-result' : 'page.result')
      document.body.toggleAttribute('data-read-only', flag)
    },
    again: () => flow.again(),
    changed: (listener) => { listeners.push(listener) },
    goTo,
  }, keep = new Keep(session)
  document.dispatchEvent(new CustomEvent('assessment', { detail: session }))
  // No view is seen before answers in the address are there. Each step is a task of its own,
  // so that the page is not busy for long at a time.
  void keep.follow().finally(() => soon(() => {
    flow.prepare()
    soon(() => flow.follow())
  }))
}

// Runs as the next task.
function soon(run: () => void): void { setTimeout(run) }

// Runs when nothing else is to be done, with a test whether there is still time.
function whenIdle(run: (until: () => boolean) => void): void {
  if (requestIdleCallback) requestIdleCallback((deadline) => run(() => deadline.timeRemaining() > 4))
  else setTimeout(() => run(() => false), 16)
}
