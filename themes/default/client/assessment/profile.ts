// The profile: half a cairn, each dimension a stone on one common scale. There is no
// picture without its figures, so the same stands in a table beside it. How it is made
// is in the theme's design: across in per cent, down in rem, no viewBox, so that text
// keeps its size.
import { DimensionResult, Result } from '../engine/result'
import { Ratio } from '../engine/sets'
import { Words } from '../engine/words'
import { Child, h, replace, slot, svg } from './dom'
import { Data } from './data'

const float = (r: Ratio): number => r.numerator / r.denominator

// Corner insets and shoulder lengths: top left, top right, bottom right, bottom left,
// right top, right bottom.
const shapes = [
  [2, 4, 3, 0, 26, 36], [0, 1, 4, 1, 40, 24], [3, 0, 1, 1, 28, 42], [0, 3, 0, 2, 46, 26],
  [1, 1, 4, 0, 24, 40], [0, 4, 1, 1, 44, 30], [2, 0, 3, 0, 30, 46], [0, 3, 1, 0, 50, 30],
]

function outline(row: number, w: number): string {
  const [tl, tr, br, bl, rt, rb] = shapes[row % 8]! as [number, number, number, number, number, number], height = 44
  const ym = height * (.46 + .03 * (row % 4)), xt = w - rt, xb = w - rb
  const points = (...list: number[]): string => list.map((x) => String(Math.round(x * 10) / 10)).join(' ')
  return `M${points(0, tl)}C${points(.4 * xt, tl - 1.2, .7 * xt, tr - 1, xt, tr, xt + .78 * rt, tr + .8, w, ym - .72 * (ym - tr), w, ym,
    w, ym + .74 * (height - br - ym), xb + .74 * rb, height - br, xb, height - br, .7 * xb, height - br + 1, .4 * xb, height - bl + 1, 0, height - bl)}Z`
}

// Draws the figure, and fills in the table beside it.
export function profile(r: Result, words: Words, data: Data): Element {
  const order = (d: DimensionResult): number[] => [d.ladder.low ?? Infinity, d.ladder.high ?? 0, d.mean.low ? float(d.mean.low) : 0]
  const rows = r.dimensions.map((d, i) => ({ d, i, by: order(d) }))
    .sort((a, b) => a.by[0]! - b.by[0]! || a.by[1]! - b.by[1]! || a.by[2]! - b.by[2]! || a.i - b.i)
  table(rows, r, words)
  return figure(rows, r, words, data)
}

type Rows = { d: DimensionResult; i: number }[]

const target = ({ target: { levels, none } }: DimensionResult): number | undefined => none || levels.length !== 1 ? undefined : levels[0]
const open = (d: DimensionResult): number => (d.unanswered?.length ?? 0) + (d['dont-know']?.length ?? 0)

// The questions that hold a dimension; those that hide one, in its place.
const holders = (d: DimensionResult): string[] => [...new Set(d.holders.flatMap((holder) => holder['hidden-by'] ?? holder.question))]

// What holds a dimension, in a few words.
function held(d: DimensionResult, words: Words): [kind: string, text: string] {
  const { low, high } = d.ladder, first = d.holders[0]
  if (low === undefined) return ['soft', words.say('page.no-score')]
  if (low !== high || d.ladder.none) return ['soft', words.messages.count('score.open', open(d))]
  if (!first) return ['soft', words.say('page.top')]
  if (d.holders.length === 1) return ['alone', words.say('page.alone', { question: first['hidden-by']?.[0] ?? first.question })]
  return ['soft', words.say('page.several', { n: d.holders.length, level: low })]
}

function figure(rows: Rows, r: Result, words: Words, data: Data): Element {
  const top = Math.max(1, data.levels.length - 1), column = 100 / (top + 1)
  const percent = (x: number): string => `${Math.round(x * column * 100) / 100}%`, rem = (y: number): string => `${y}rem`
  const end = 2.625 + 2.75 * rows.length
  const names: Child[] = [], plot: Child[] = []
  data.levels.forEach((name, level) => {
    plot.push(svg('text', { class: 'soft low', x: percent(level + .5), y: '.875rem', 'text-anchor': 'middle' }, String(level)),
      svg('text', { class: 'soft roomy', x: percent(level + .5), y: '1.938rem', 'text-anchor': 'middle' }, name))
  })
  for (let level = 1; level <= top + 1; level++) plot.push(svg('line', { class: 'grid', x1: percent(level), x2: percent(level), y1: '2.5rem', y2: rem(end + .125) }))
  rows.forEach(({ d, i }, row) => {
    const y = 2.625 + 2.75 * row, middle = rem(y + 1.375), { low, high } = d.ladder, [kind, text] = held(d, words)
    names.push(svg('text', { class: 'row-label low', x: '36%', dx: '-.75rem', y: rem(y + 1.187), 'text-anchor': 'end' }, data.short[i]!),
      svg('text', { class: kind + ' roomy', x: '36%', dx: '-.75rem', y: rem(y + 2.25), 'text-anchor': 'end' }, text))
    if (low === undefined || high === undefined) {
      plot.push(svg('text', { class: 'soft', x: '.75rem', y: rem(y + 1.687) }, words.say('none')))
      return
    }
    const stone = (level: number, name: string): Child => svg('svg', { y: rem(y), width: percent(level + 1), height: '2.75rem', viewBox: `0 0 ${(level + 1) * 100} 44`, preserveAspectRatio: 'none' },
      svg('path', { class: name, d: outline(row, (level + 1) * 100) }))
    const shade = Math.round(low * 4 / top)
    if (low !== high) plot.push(stone(high, 'maybe'))
    plot.push(stone(low, d.ladder.none ? 'maybe' : `stone s${shade}`),
      svg('text', { class: 'strong high' + (d.ladder.none ? '' : ` on-s${shade}`), x: '.75rem', y: rem(y + 1.687) }, low === high ? String(low) : `${low}–${high}`))
    if (kind === 'alone') plot.push(svg('svg', { class: 'at', x: percent(low + 1), y: middle }, svg('rect', { class: 'stop', x: '.06rem', y: '-1rem', width: '.32rem', height: '2rem' })))
    const aim = target(d)
    if (aim !== undefined) plot.push(svg('line', { class: aim < low && shade > 2 ? 'target inside' : 'target', x1: percent(aim + 1), x2: percent(aim + 1), y1: rem(y + .125), y2: rem(y + 2.625) }))
    if (d.mean.low && d.mean.high) {
      const ends = [...new Set([float(d.mean.low), float(d.mean.high)])]
      if (ends.length > 1) plot.push(svg('line', { class: 'target low', x1: percent(ends[0]! + .5), x2: percent(ends[1]! + .5), y1: middle, y2: middle }))
      for (const mean of ends) plot.push(svg('circle', { class: 'mean low', cx: percent(mean + .5), cy: middle, r: ends.length > 1 ? '.22rem' : '.28rem' }))
    }
  })
  plot.push(svg('line', { class: 'axis', x1: 0, x2: 0, y1: '2.5rem', y2: rem(end + .125) }))
  return svg('svg', { class: 'chart', width: '100%', height: rem(end + .5), role: 'img', 'aria-labelledby': 'Profile-title Profile-text' },
    svg('title', { id: 'Profile-title' }, words.say('page.profile')),
    svg('desc', { id: 'Profile-text' }, r.dimensions.map((d) => d.text!).join('; ') + '.'),
    names, svg('svg', { class: 'at', x: '36%', width: '64%' }, plot))
}

function table(rows: Rows, r: Result, words: Words): void {
  const { counts } = r, none = words.say('none')
  const number = (text: string): Child => h('td.num', text)
  slot('counts').textContent = words.say('page.counts', {
    answered: counts.answered, 'dont-know': counts['dont-know'], 'not-applicable': counts['not-applicable'], unanswered: counts.unanswered,
  })
  replace(slot('figures'), rows.map(({ d }) => {
    const aim = target(d), { low, high } = d.ladder
    let gap = none
    if (aim !== undefined && low !== undefined && low < aim) gap = low === high ? String(aim - low) : words.say('span', { low: Math.max(0, aim - high!), high: aim - low })
    return h('tr', h('th', { scope: 'row' }, words.dimension(d.id)), number(words.level(d.ladder)), number(words.means(d.mean, words.mean)),
      number(aim === undefined ? none : String(aim)), number(gap), number(String(open(d))),
      h('td', holders(d).map((id, i) => [i > 0 && ', ', h('a', { href: '#' + id, title: words.question(id) }, id)])))
  }))
}
