// The profile: half a cairn, each dimension a stone on one common scale. There is no
// picture without its figures, so the same stands in a table beside it. How it is made
// is in the theme's design: across in per cent, down in rem, no viewBox, so that text
// keeps its size.
import { DimensionResult, Result } from '../engine/result'
import { Span } from '../engine/reason'
import { Ratio } from '../engine/sets'
import { Words } from '../engine/words'
import { Child, copy, h, replace, slot } from './dom'
import { Data } from './data'

const float = (r: Ratio): number => r.numerator / r.denominator

// Corner insets and shoulder lengths: top left, top right, bottom right, bottom left,
// right top, right bottom.
const shapes = [
  [2, 4, 3, 0, 26, 36], [0, 1, 4, 1, 40, 24], [3, 0, 1, 1, 28, 42], [0, 3, 0, 2, 46, 26],
  [1, 1, 4, 0, 24, 40], [0, 4, 1, 1, 44, 30], [2, 0, 3, 0, 30, 46], [0, 3, 1, 0, 50, 30],
]

function outline(row: number, level: number): string {
  const [tl, tr, br, bl, rt, rb] = shapes[row % 8]! as [number, number, number, number, number, number], height = 44, w = (level + 1) * 100
  const ym = height * (.46 + .03 * (row % 4)), xt = w - rt, xb = w - rb
  const points = (...list: number[]): string => list.map((x) => String(Math.round(x * 10) / 10)).join(' ')
  return `M${points(0, tl)}C${points(.4 * xt, tl - 1.2, .7 * xt, tr - 1, xt, tr, xt + .78 * rt, tr + .8, w, ym - .72 * (ym - tr), w, ym,
    w, ym + .74 * (height - br - ym), xb + .74 * rb, height - br, xb, height - br, .7 * xb, height - br + 1, .4 * xb, height - bl + 1, 0, height - bl)}Z`
}

// Draws the figure, and fills in the table beside it.
export function profile(r: Result, words: Words, data: Data): Child {
  const order = (d: DimensionResult): number[] => [d.ladder.low ?? Infinity, d.ladder.high ?? 0, d.mean.low ? float(d.mean.low) : 0]
  const rows = r.dimensions.map((d, i) => ({ d, i, by: order(d) }))
    .sort((a, b) => a.by[0]! - b.by[0]! || a.by[1]! - b.by[1]! || a.by[2]! - b.by[2]! || a.i - b.i)
  table(rows, r, words)
  return figure(rows, r, words, data)
}

type Rows = { d: DimensionResult; i: number }[]

// The target: a span while it is open which one holds.
const target = ({ target: { levels, none } }: DimensionResult): Span => levels.length > 0 ? { low: Math.min(...levels), high: Math.max(...levels), none } : {}
const open = (d: DimensionResult): number => (d.unanswered?.length ?? 0) + (d['dont-know']?.length ?? 0)

// The questions that hold a dimension; those that hide one, in its place.
const holders = (d: DimensionResult): string[] => [...new Set(d.holders.flatMap((holder) => holder['hidden-by'] ?? holder.question))]

// What holds a dimension, in a few words.
function holding(d: DimensionResult, words: Words): [kind: string, text: string] {
  const { low, high } = d.ladder, first = d.holders[0]
  if (low === undefined) return ['soft', words.say('page.no-score')]
  if (low !== high || d.ladder.none) return ['soft', words.count('score.open', open(d))]
  if (!first) return ['soft', words.say('page.top')]
  if (d.holders.length === 1) return ['alone', words.say('page.alone', { question: first['hidden-by']?.[0] ?? first.question })]
  return ['soft', words.say('page.several', { n: d.holders.length, level: low })]
}

function figure(rows: Rows, r: Result, words: Words, data: Data): Child {
  const top = Math.max(1, data.levels.length - 1), end = 2.75 * (rows.length + 1)
  const percent = (level: number): string => `${Math.round(level * 10000 / (top + 1)) / 100}%`, rem = (y: number): string => `${y}rem`
  return copy('Profile', {
    chart: { height: rem(end + .375) }, axis: { y2: rem(end) },
    text: r.dimensions.map((d) => d.text!).join('; ') + '.',
    levels: data.levels.map((name, i) => copy('Level', { level: { x: percent(i + .5) }, number: [i], name, grid: { x1: percent(.5), x2: percent(.5), y2: rem(end) } })),
    rows: rows.map(({ d, i }, row) => {
      const { low = 0, high = 0, none } = d.ladder, some = d.ladder.low !== undefined, { mean } = d, [kind, held] = holding(d, words)
      const shade = Math.round(low * 4 / top), aim = target(d), means = some && mean.low && mean.high ? [float(mean.low) + .5, float(mean.high) + .5] : []
      const [from, to] = means.map(percent), one = from === to
      return copy('Row', {
        row: { y: rem(2.625 + 2.75 * row) }, title: data.short[i], held: [{ class: kind + ' roomy' }, held],
        could: some && low !== high && { width: percent(high + 1), viewBox: `0 0 ${(high + 1) * 100} 44` }, 'could-path': { d: outline(row, high) },
        stone: some && { width: percent(low + 1), viewBox: `0 0 ${(low + 1) * 100} 44` }, path: { d: outline(row, low), class: none ? 'maybe' : 'stone s' + shade },
        value: some ? [{ class: none ? 'strong high' : 'strong high on-s' + shade }, low === high ? low : `${low}–${high}`] : [{ class: 'soft' }, words.say('none')],
        stop: kind === 'alone' && { x: percent(low + 1) },
        target: some && aim.low === aim.high && !aim.none && aim.low !== undefined && { class: aim.low < low && shade > 2 ? 'target inside' : 'target', x1: percent(aim.low + 1), x2: percent(aim.low + 1) },
        means: !one && { x1: from, x2: to }, from: from && { cx: from, r: one ? '.28rem' : '.22rem' }, to: !one && { cx: to },
      })
    }),
  })
}

function table(rows: Rows, r: Result, words: Words): void {
  const number = (text: Child): Child => h('td.num', text)
  slot('counts').textContent = words.say('page.counts', { ...r.counts })
  replace(slot('figures'), rows.map(({ d }) => {
    const aim = target(d), { low, high, none } = d.ladder
    const gap = aim.low === undefined || low === undefined ? {} : { low: Math.max(0, aim.low - high!), high: Math.max(0, aim.high! - low), none: none || aim.none }
    return h('tr', h('th', { scope: 'row' }, words.dimension(d.id)), number(words.level(d.ladder)), number(words.means(d.mean, words.mean)),
      number(words.level(aim)), number(words.level(gap)), number(open(d)),
      h('td', holders(d).map((id, i) => [i > 0 && ', ', h('a', { href: '#' + id, title: words.question(id) }, id)])))
  }))
}
