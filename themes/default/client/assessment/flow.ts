// The reader's way through the questions. The short way, the default, shows one
// question at a time: the one that says most about what is still open; it ends when
// the decision is settled. The full way shows all. Both fill in the same form.
//
// Result and questions are views of one page, told apart by the anchor: #Result, #All,
// #Short, or a question's id. A step of the history is a change of view, never a question.
import { anchorOf, replaceFragment, withAnchor } from '../answers/fragment'
import { Evaluation, Item, Result } from '../engine/result'
import { Words } from '../engine/words'
import { copy, due, replace, slot, write } from './dom'
import { Form } from './form'
import { questions } from './result'

// Goes to another view: a step of the browser's history.
export function goTo(anchor: string): void { location.hash = withAnchor(location.hash, anchor) }

// Says where the reader is now, without one.
const standAt = (anchor: string): void => replaceFragment(withAnchor(location.hash, anchor))

type View = 'start' | 'one' | 'end' | 'all' | 'result'

export class Flow {
  readonly #form: Form
  readonly #words: Words
  readonly #pace: number
  readonly #seen: () => void
  #view: View = 'start'
  #at = -1
  // The questions that were gone on from, for Back; those left without an answer.
  #trail: number[] = []
  readonly #skipped = new Set<string>()
  #evaluation!: Evaluation
  readonly #links = [...document.querySelectorAll('nav.side small')]

  // seen is called when the result comes into view.
  constructor(form: Form, words: Words, pace: number, seen: () => void) {
    this.#form = form
    this.#words = words
    this.#pace = pace
    this.#seen = seen
    slot('on').addEventListener('click', () => this.goOn(this.#at))
    slot('back').addEventListener('click', () => {
      const before = this.#trail.pop()
      if (before === undefined) goTo('')
      else this.#ask(before)
    })
    document.body.dataset.view = this.#view
    window.addEventListener('hashchange', () => this.follow())
    window.addEventListener('load', () => this.#view === 'one' && this.#form.focus(this.#at)) // a browser that opens an anchor takes the focus
  }

  // Finds out what the view that the address names will need.
  prepare(): void {
    if (anchorOf(location.hash) === 'Short') this.#evaluation.order()
  }

  // Takes its place again when other answers have come: the short way goes on from them.
  again(): void {
    const view = this.#view
    this.follow(view === 'all' ? 'All' : view === 'one' && isGiven(this.#form.fields[this.#at]!) ? 'Short' : undefined)
    if (view === 'start') document.querySelector<HTMLElement>('.assessment .button')!.focus()
  }

  // Follows the address, if it names a view.
  follow(to = anchorOf(location.hash)): void {
    document.documentElement.classList.remove('deep')
    const { fields } = this.#form, target = document.getElementById(to)
    let i = fields.findIndex(({ id }) => id === to)
    this.#trail = [...fields.keys()].filter((j) => j !== i && isGiven(fields[j]!))
    if (to === 'Result') {
      this.#turn('result')
      this.#seen()
      const verdict = document.querySelector<HTMLElement>('#Result .verdict')
      verdict?.focus({ preventScroll: true })
      scrollTo(0, 0)
    } else if (to === 'Short') {
      this.#skipped.clear()
      this.#next()
    } else if (to === '') this.#turn('start')
    else if (i >= 0 && this.#view !== 'all') this.#ask(i)
    else if (target?.closest('form')) {
      const asked = this.#view === 'start' && due() // what the reader is asked stays in sight
      this.#turn('all')
      // Who has answered some goes on with the first that is left, or looks at all.
      if (to === 'All' && this.#trail.length > 0) i = fields.indexOf(document.querySelector<HTMLFieldSetElement>('.question:not([hidden], .given)') ?? document.querySelector('.question:not([hidden])')!)
      if (i >= 0) this.#form.focus(i);
      (asked || (i > 0 ? fields[i]! : target)).scrollIntoView()
    }
  }

  #turn(view: View): void {
    this.#view = document.body.dataset.view = view
    this.show(this.#evaluation)
  }

  // Shows one question.
  #ask(i: number): void {
    this.#at = i
    this.#form.fields.forEach((field, j) => field.classList.toggle('now', i === j))
    this.#turn('one')
    standAt(this.#form.fields[i]!.id)
    this.#form.focus(i)
    this.#toTop()
  }

  #toTop(): void {
    const top = due() ?? document.querySelector('.assessment')!
    if (top.getBoundingClientRect().top < 0) top.scrollIntoView()
  }

  // On from a question: the short way asks what says most; the full way, the next.
  goOn(from: number): void {
    const { fields } = this.#form
    if (this.#view === 'all') {
      const asked = [...document.querySelectorAll<HTMLFieldSetElement>('.question:not([hidden])')], next = asked[asked.indexOf(fields[from]!) + 1]
      if (next) this.#form.focus(fields.indexOf(next))
      next?.scrollIntoView({ block: 'nearest' })
      return
    }
    if (from >= 0) {
      this.#trail.push(from)
      this.#skipped.add(fields[from]!.id)
    }
    this.#next()
  }

  #next(): void {
    const r = this.#evaluation.result
    if (!r.ask) this.#evaluation.order()
    const i = isOpen(r) ? this.#form.fields.findIndex(({ id }) => id === r.ask!.find((id) => !this.#skipped.has(id))) : -1
    if (i >= 0) return this.#ask(i)
    this.#turn('end')
    standAt('Short')
    slot('end').focus({ preventScroll: true })
    this.#toTop()
  }

  // Shows how far it is. It is called after each answer, and again when the order is known.
  show(evaluation: Evaluation): void {
    this.#evaluation = evaluation
    const words = this.#words, r = evaluation.result, { counts } = r
    const all = this.#form.fields.length - counts.hidden, done = all - counts.unanswered
    const open = stillOpen(r, 'unanswered').length, short = this.#view === 'one', kind = r.decision ? 'decision' : 'result'
    document.body.toggleAttribute('data-answered', done > 0)
    slot('place').textContent = short ? words.say('flow.question', { n: this.#trail.length + 1 }) : words.say('result.answered', { n: done, all: all })
    write(slot('left'), short ? words.count('flow.left', open) : '')
    const bar = slot('progress') as HTMLProgressElement
    bar.max = short ? this.#trail.length + Math.max(1, open) : all
    bar.value = short ? this.#trail.length : done
    write(slot('status'), open > 0 ? words.count('flow.open-' + kind, open, { all: counts.unanswered }) : words.say('flow.settled-' + kind)) // read out when it changes
    write(slot('decided'), r.decision?.outcome !== undefined ? r.decision.text! : '')
    document.querySelectorAll('form .part').forEach((part, i) => {
      const size = (selector: string): number => part.querySelectorAll(selector + ':not([hidden])').length
      if (this.#links[i]) write(this.#links[i]!, words.say('flow.part', { n: size('.given'), all: size('.question') }))
    })
    if (this.#view === 'end') this.#end(r)
  }

  // The end of the short way: what is settled, or why not; and the way on.
  #end(r: Result): void {
    const words = this.#words, d = r.decision, unknown = stillOpen(r, 'dont-know'), skipped = stillOpen(r, 'unanswered')
    const rest = r.counts.unanswered, minutes = Math.max(1, Math.round(rest * this.#pace))
    const list = skipped.length > 0 ? skipped : unknown
    replace(slot('end'), copy('End', {
      verdict: d?.outcome !== undefined ? d.text : words.say(d ? 'page.still-open' : 'flow.done'),
      skipped: list === skipped, unknown: skipped.length < list.length, list: list.length > 0 && questions(list, words), settled: list.length === 0,
      rest: rest > 0 && words.count('flow.rest', rest, { minutes: words.count('minutes', minutes) }), answers: rest === 0,
    }))
  }
}

const isGiven = (field: HTMLElement): boolean => !field.hidden && field.classList.contains('given')

// Whether an answer can still change the decision; without one, the result.
const isOpen = (r: Result): boolean => stillOpen(r, 'unanswered').length > 0

// The questions that the decision hangs on; without outcomes, that anything does.
function stillOpen(r: Result, state: 'unanswered' | 'dont-know'): string[] {
  const items: Item[] = r.decision ? [r.decision] : [...r.dimensions, ...r.dimensions.map(({ target }) => target), ...r.values, ...r.votes, ...r.advice]
  return [...new Set(items.flatMap((item) => item[state] ?? []))]
}
