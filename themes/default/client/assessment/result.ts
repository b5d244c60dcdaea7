// Draws a result: the decision and how settled it is, who says so, the next steps, the
// profile, what would change it, and why. It shows what the engine gives, and decides
// nothing. The frame, and every text that an author wrote, stand in the page already.
import { Evaluation, Result, SourceResult } from '../engine/result'
import { Reason } from '../engine/reason'
import { Words } from '../engine/words'
import { Child, copy, h, replace, slot } from './dom'
import { Data } from './data'
import { profile } from './profile'

// Questions, as links to where they are asked.
export const questions = (ids: string[] | undefined, words: Words): Child => ids?.map((id) => h('li', h('a', { href: '#' + id }, words.question(id))))

export class ResultView {
  readonly #data: Data
  readonly #words: Words
  constructor(data: Data, words: Words) {
    this.#data = data
    this.#words = words
  }

  #put(name: string, ...children: Child[]): void {
    const body = slot(name)
    replace(body, ...children)
    body.closest('section')!.hidden = body.childNodes.length === 0
  }

  // What is known at once.
  now({ result: r }: Evaluation): void {
    this.#decision(r)
    this.#votes(r)
    this.#put('next', this.#next(r))
    this.#put('profile', r.dimensions.length > 0 && profile(r, this.#words, this.#data))
    this.#put('values', this.#values(r))
  }

  #decision(r: Result): void {
    const words = this.#words, d = r.decision
    const all = this.#data.model.questions.length - r.counts.hidden
    const open = d && d.outcome === undefined && d.candidates.length > 0
    slot('answered').textContent = words.say('result.answered', { n: r.counts.answered, all: all })
    const more = copy('Outcome-' + d?.outcome), { unanswered } = r.counts
    more?.querySelector('h3')!.remove() // the verdict itself
    replace(slot('decision'), copy('Decision', {
      reading: !!d, verdict: open ? words.say('page.still-open') : d ? d.text : words.say('page.result'),
      could: open, candidates: open && [d.candidates.map((id) => h('li', words.outcome(id))), d.none && h('li', words.say('result.open-none'))],
      more, standing: d && copy('Standing-' + d.standing, { list: questions(d.unanswered ?? d['dont-know'], words) }),
      short: d?.standing === 'open', all: unanswered > 0 && words.count('page.rest', unanswered), answers: unanswered === 0,
    }))
  }

  #votes(r: Result): void {
    const words = this.#words, table = slot('votes')
    table.querySelectorAll('tbody').forEach((body) => body.remove())
    table.closest('section')!.hidden = r.votes.length === 0
    for (const stance of ['agrees', 'otherwise', 'both', 'open', 'silent']) {
      const list = r.votes.filter((vote) => vote.stance === stance)
      if (list.length === 0) continue
      table.append(copy('Votes', { stance: words.say('page.stance-' + stance) })!)
      for (const vote of list) table.lastElementChild!.append(copy('Vote', { source: words.source(vote.source), says: [this.#says(vote)], grade: [copy('Grade-' + vote.source)] })!)
    }
  }

  // The texts of the votes that hold, and marked, of those that may; without a text, what
  // they choose.
  #says({ source, votes }: SourceResult): Child {
    const { model, votes: texts } = this.#data, words = this.#words
    const own = model.votes.map((vote, i) => model.sources[vote.source] === source && texts[i]!).filter((text) => text !== false)
    return ['given', 'open'].map((wanted) => votes.map(({ outcome, verdict }, i) => {
      const text = own[i] || outcome !== 'silent' && words.outcome(outcome)
      return verdict === wanted && text && h('p', wanted === 'open' ? words.say('page.perhaps-says', { text }) : text)
    }))
  }

  #next(r: Result): Child {
    const words = this.#words, data = this.#data, ready = r.next.filter((step) => step.ready).slice(0, 3)
    if (data.model.advice.length === 0) return undefined
    if (ready.length === 0) return h('p', words.say(r.advice.some(({ verdict }) => verdict === 'open') ? 'page.no-next-yet' : 'result.no-next'))
    return h('ol.next', ready.map(({ advice, perhaps }) => h('li', copy('Advice-' + advice),
      perhaps && h('p.hint', words.say('page.perhaps', { advice: words.list('and', perhaps.map((id) => words.advice(id))) })))))
  }

  #values(r: Result): Child {
    const words = this.#words, data = this.#data, { benchmarks } = data.model
    return r.values.map((v, at) => {
      const published = benchmarks.map((_, i) => i).filter((i) => benchmarks[i]!.value === at), { places } = data.model.values[at]!
      return h('div.line', h('dt', data.texts.values[at]!.title), h('dd', h('b', v.text), v.benchmarks?.map(({ segment, position }, j) => {
        const i = published[j]!, { source, date, asked } = data.benchmarks[i]!, { mean, deviation } = benchmarks[i]!
        return h('p.hint', words.say('result.versus', {
          segment, position: words.say('position.' + position), mean: words.figure(mean, places), deviation: words.figure(deviation, places), source, date, n: asked,
        }))
      })))
    })
  }

  // What would change it: known a moment later.
  change({ result: r }: Evaluation): void {
    const words = this.#words, lines: Child[] = [], { ways, more = 0 } = r.change ?? { ways: [] }
    const line = (term: Child, text: Child): void => { lines.push(h('div.line', h('dt', term), h('dd', text))) }
    for (const way of ways.slice(0, 12)) line(way.changes.map((change) => h('div', words.changes([change]))), h('b', words.outcome(way.outcome)))
    for (const d of r.dimensions) if (d.raise) line(words.say('page.raise', { dimension: words.dimension(d.id), level: d.raise.to }), d.raise.text)
    for (const near of r.near ?? []) line(near.text, h('ul.plain', near.leaves.map((leaf) => h('li', leaf.text))))
    const rest = ways.length + more - 12
    const settled = r.decision?.standing === 'settled' && ways.length === 0
    this.#put('change', settled && h('p', words.say('change.none')), lines.length > 0 && h('dl.changes', lines),
      rest > 0 && h('p.hint', words.count('page.more', rest)))
    slot('change').removeAttribute('aria-busy')
  }

  // Why: every reason, nested.
  why({ result: r }: Evaluation): void {
    const words = this.#words, d = r.decision
    const trees = (key: string, list: { title: string; reason?: Reason; hint?: string }[]): Child => list.length > 0 && h('div.tree',
      h('h3.label', words.say(key)),
      list.map(({ title, reason, hint }) => reason && this.#tree([title, hint && h('span.hint', ' ' + hint)], [reason])))
    const decided = d?.outcome === undefined ? -1 : d.outcomes.findIndex(({ id }) => id === d.outcome)
    this.#put('why',
      d && trees('result.decision', d.outcomes.slice(0, decided < 0 ? undefined : decided + 1)
        .map(({ id, reason, verdict }) => ({ title: words.outcome(id), reason, hint: words.say('verdict.' + verdict) }))),
      trees('result.advice', r.advice.filter(({ verdict }) => verdict === 'given').map(({ id, reason }) => ({ title: words.advice(id), reason }))),
      trees('result.profile', r.dimensions.map(({ text, reason }) => ({ title: text!, reason }))),
      trees('result.values', r.values.map(({ id, reason }, i) => ({ title: this.#data.texts.values[i]?.title ?? id, reason }))))
  }

  // A line and what it rests on. Its parts are made when it is opened.
  #tree(line: Child, parts: Reason[]): Child {
    const details = h('details', h('summary', line))
    details.addEventListener('toggle', () => {
      if (details.childNodes.length > 1) return
      details.append(h('ul.plain', parts.map((part) => {
        if (part.text === undefined) this.#words.reason(part)
        const line = part.parts ? this.#tree(part.text, part.parts) : part.text
        if (line instanceof HTMLDetailsElement) line.open = parts.length === 1 // nothing to choose from
        return h('li', line)
      })))
    })
    return details
  }
}
