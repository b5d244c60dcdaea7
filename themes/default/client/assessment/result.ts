// Draws a result under the form: the decision and how settled it is, who says so, the
// next steps, the profile, what would change it, and why. It shows what the engine
// gives, and decides nothing.
import { Evaluation, Item, Result, SourceResult } from '../engine/result'
import { Reason } from '../engine/reason'
import { Words } from '../engine/words'
import { Child, h, replace, svg } from './dom'
import { Data, Item as Texts } from './data'
import { profile } from './profile'

const sections = ['votes', 'next', 'profile', 'values', 'change', 'why'] as const
type Section = typeof sections[number]

export class ResultView {
  private readonly root: HTMLElement
  private readonly head = h('header', { class: 'frame' })
  // Where the parts that keep and share answers draw.
  readonly take = h('div', { class: 'wide flow' })
  private readonly bodies = {} as Record<Section, HTMLElement>
  // Trees that are not drawn before somebody opens them, or prints.
  private late: (() => void)[] = []

  constructor(private readonly data: Data, private readonly words: Words, private readonly title: string) {
    this.root = h('div', { class: 'result', id: 'Result' }, this.head, sections.map((name) => {
      const body = this.bodies[name] = h('div', { class: 'wide flow' })
      return h('section', { class: 'section frame', 'aria-labelledby': 'Result-' + name },
        h('h2', { class: 'side', id: 'Result-' + name }, words.say('result.' + name)), body)
    }), h('section', { class: 'section frame' }, this.take))
    window.addEventListener('beforeprint', () => {
      for (const draw of this.late) draw() // which adds what lies deeper
    })
  }

  attach(to: Element): void { to.append(this.root) }

  private put(name: Section, ...children: Child[]): void {
    const body = this.bodies[name]
    replace(body, ...children)
    body.parentElement!.hidden = body.childNodes.length === 0
  }

  // What an answer shows at once.
  now({ result: r }: Evaluation): void {
    this.late = []
    this.decision(r)
    this.put('votes', r.votes.length > 0 && this.votes(r))
    this.put('next', this.next(r))
    this.put('profile', r.dimensions.length > 0 && profile(r, this.words, this.data))
    this.put('values', r.values.length > 0 && this.values(r))
    this.bodies.change.setAttribute('aria-busy', 'true')
  }

  private decision(r: Result): void {
    const { words, data } = this, d = r.decision
    const all = r.counts.answered + r.counts['dont-know'] + r.counts['not-applicable'] + r.counts.unanswered
    const text = d?.outcome === undefined ? undefined : data.outcomes[data.model.outcomes.findIndex(({ id }) => id === d.outcome)]
    const open = d && d.outcome === undefined && d.candidates.length > 0
    this.root.hidden = all === r.counts.unanswered
    replace(this.head,
      h('p', { class: 'side hint' }, words.say('page.result'), h('br', {}), words.say('page.version', { title: this.title, version: String(r.version) }), h('br', {}),
        words.say('result.answered', { n: String(r.counts.answered), all: String(all) })),
      h('div', { class: 'wide flow' },
        d && h('p', { class: 'hint' }, words.say('result.reading')),
        h('h2', { class: 'verdict' }, open ? words.say('page.still-open') : d ? d.text! : words.say('page.result')),
        open && [h('p', { class: 'standfirst' }, words.say('page.candidates')), h('ul', { class: 'candidates' },
          d.candidates.map((id) => h('li', {}, words.outcome(id))), d.none && h('li', {}, words.say('result.open-none')))],
        text?.text && h('p', { class: 'standfirst' }, text.text),
        d && this.standing(d), text && this.guides(text)))
  }

  private standing(item: Item): Child {
    const { words } = this
    if (item.standing === 'settled') return h('p', { class: 'hint' }, words.say('page.settled'))
    const settles = item.standing === 'open'
    return h('div', { class: settles ? 'alert warning' : 'alert note' },
      h('p', {}, words.say(settles ? 'page.not-settled' : 'page.as-settled')),
      h('p', {}, words.say(settles ? 'page.turn' : 'page.unknown')),
      h('ul', { class: 'plain' }, (settles ? item.unanswered : item['dont-know'])?.map((id) => h('li', {}, this.question(id)))))
  }

  // A question, as a link to where it is asked.
  private question(id: string): Child { return h('a', { href: '#' + id }, this.words.question(id)) }

  private guides({ guides }: Texts): Child {
    return guides && h('p', { class: 'hint' }, guides.map(([title, address], i) => [i > 0 && ' · ', h('a', { href: address }, title)]))
  }

  private votes(r: Result): Child {
    const { words, data } = this
    const column = (key: string): Child => h('th', { scope: 'col', role: 'columnheader' }, words.say('page.' + key))
    const stances = ['agrees', 'otherwise', 'both', 'open', 'silent']
    return h('div', { class: 'fits' }, h('table', { class: 'stack', role: 'table' },
      h('caption', { class: 'hidden' }, words.say('result.votes')),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ['source', 'says', 'evidence'].map(column))),
      stances.map((stance) => {
        const list = r.votes.filter((vote) => vote.stance === stance)
        return list.length > 0 && h('tbody', { role: 'rowgroup' },
          h('tr', { class: 'group', role: 'row' }, h('th', { colspan: 3, scope: 'rowgroup', role: 'rowheader' }, words.say('page.stance-' + stance))),
          list.map((vote) => {
            const source = Object.entries(data.sources).find(([id]) => id === vote.source)?.[1]
            return h('tr', { role: 'row' }, h('th', { scope: 'row', role: 'rowheader' }, words.source(vote.source)),
              h('td', { role: 'cell', 'data-label': words.say('page.says') }, this.says(vote)),
              h('td', { role: 'cell', 'data-label': words.say('page.evidence') }, source?.evidence && grade(source.grade, source.evidence)))
          }))
      })))
  }

  // The texts of the votes that hold, or may; without a text, what they choose.
  private says(v: SourceResult): Child {
    const own = this.data.model.votes.map((vote, i) => ({ vote, i })).filter(({ vote }) => this.data.model.sources[vote.source] === v.source)
    const verdict = v.stance === 'open' && v.votes.some((vote) => vote.verdict === 'open') ? 'open' : 'given'
    const texts = v.votes.map((vote, i) => vote.verdict === verdict && (this.data.votes[own[i]!.i] || this.words.outcome(vote.outcome)))
    return texts.filter((text) => text && text !== 'silent').map((text) => h('p', {}, text))
  }

  private next(r: Result): Child {
    const { words, data } = this, ready = r.next.filter((step) => step.ready).slice(0, 3)
    if (data.model.advice.length === 0) return undefined
    if (ready.length === 0) return h('p', {}, words.say(r.advice.some(({ verdict }) => verdict === 'open') ? 'page.no-next-yet' : 'result.no-next'))
    return h('ol', { class: 'next' }, ready.map((step) => {
      const i = data.model.advice.findIndex(({ id }) => id === step.advice), text = data.advice[i]!, { effort } = data.model.advice[i]!
      return h('li', {}, h('h3', {}, words.advice(step.advice)), text.text && h('p', {}, text.text),
        h('p', { class: 'hint' }, effort >= 0 && words.say('page.effort', { effort: words.say('effort.' + efforts[effort]!) }),
          step.perhaps && ' ' + words.say('page.perhaps', { advice: words.list('and', step.perhaps.map((id) => words.advice(id))) })),
        this.guides(text))
    }))
  }

  private values(r: Result): Child {
    const { words, data } = this, { benchmarks } = data.model
    return h('dl', { class: 'changes' }, r.values.map((v, at) => {
      const published = benchmarks.map((_, i) => i).filter((i) => benchmarks[i]!.value === at), { places } = data.model.values[at]!
      return h('div', { class: 'line' }, h('dt', {}, data.texts.values[at]!.title), h('dd', {}, h('b', {}, v.text!), v.benchmarks?.map(({ segment, position }, j) => {
        const i = published[j]!, { source, date, asked } = data.benchmarks[i]!, { mean, deviation } = benchmarks[i]!
        return h('p', { class: 'hint' }, words.say('result.versus', {
          segment, position: words.say('position.' + position), mean: words.figure(mean, places), deviation: words.figure(deviation, places), source, date, n: String(asked),
        }))
      })))
    }))
  }

  // What would change it: known a moment later.
  change({ result: r }: Evaluation): void {
    const { words } = this, lines: Child[] = []
    const line = (term: Child, text: Child): void => { lines.push(h('div', { class: 'line' }, h('dt', {}, term), h('dd', {}, text))) }
    for (const way of r.change?.ways.slice(0, 12) ?? []) line(way.changes.map((change) => h('div', {}, words.changes([change]))), h('b', {}, words.outcome(way.outcome)))
    for (const d of r.dimensions) if (d.raise) line(words.say('page.raise', { dimension: words.dimension(d.id), level: String(d.raise.to) }), d.raise.text!)
    for (const near of r.near ?? []) line(near.text!, h('ul', { class: 'plain' }, near.leaves.map((leaf) => h('li', {}, leaf.text!))))
    const more = (r.change ? r.change.ways.length + (r.change.more ?? 0) : 0) - 12
    const settled = r.decision?.standing === 'settled' && r.change?.ways.length === 0
    this.put('change', settled && h('p', {}, words.say('change.none')), lines.length > 0 && h('dl', { class: 'changes' }, lines),
      more > 0 && h('p', { class: 'hint' }, words.messages.count('page.more', more, {})))
    this.bodies.change.removeAttribute('aria-busy')
  }

  // Why: every reason, nested.
  why({ result: r }: Evaluation): void {
    const { words } = this, d = r.decision
    const trees = (key: string, list: { title: string; reason?: Reason; hint?: string }[]): Child => list.length > 0 && h('div', { class: 'tree' },
      h('h3', { class: 'label' }, words.say(key)),
      list.map(({ title, reason, hint }) => reason && this.tree([title, hint && h('span', { class: 'hint' }, ' ' + hint)], [reason])))
    const decided = d?.outcome === undefined ? -1 : d.outcomes.findIndex(({ id }) => id === d.outcome)
    this.put('why',
      d && trees('result.decision', d.outcomes.slice(0, decided < 0 ? undefined : decided + 1)
        .map(({ id, reason, verdict }) => ({ title: words.outcome(id), reason, hint: words.say('verdict.' + verdict) }))),
      trees('result.advice', r.advice.filter(({ verdict }) => verdict === 'given').map(({ id, reason }) => ({ title: words.advice(id), reason }))),
      trees('result.profile', r.dimensions.map(({ text, reason }) => ({ title: text!, reason }))),
      trees('result.values', r.values.map(({ id, reason }, i) => ({ title: this.data.texts.values[i]?.title ?? id, reason }))))
  }

  // A line and what it rests on. Its parts are made when it is opened.
  private tree(line: Child, parts: Reason[]): Child {
    const details = h('details', {}, h('summary', {}, line))
    const draw = (): void => {
      if (details.childNodes.length > 1) return
      details.append(h('ul', { class: 'plain' }, parts.map((part) => {
        if (part.text === undefined) this.words.reason(part)
        const line = part.parts ? this.tree(part.text!, part.parts) : part.text!
        if (line instanceof HTMLDetailsElement) line.open = parts.length === 1 // nothing to choose from
        return h('li', {}, line)
      })))
    }
    details.addEventListener('toggle', draw)
    this.late.push(draw)
    return details
  }
}

const efforts = ['hours', 'days', 'weeks', 'months', 'quarters']

// The grade of a source's evidence: stones and the word.
function grade(stones: number, word: string): Child {
  return h('span', { class: 'grade' }, svg('svg', { width: 43, height: 8, 'aria-hidden': 'true' },
    [0, 1, 2, 3].map((i) => svg('use', { class: i < stones ? 'on' : 'off', href: '#grade', x: 11 * i, width: 10, height: 8 }))), ' ' + word)
}
