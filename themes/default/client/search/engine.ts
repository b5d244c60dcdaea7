// Finds pages in the index that generator/search makes: which words a query has, which
// files of the index it needs, which pages come first and what to show of them. It is
// pure: whoever uses it loads the files and hands them over.

export interface Index {
  stamp: string
  pages: number
  perText: number
  first: string[]
  runs: [kind: string, section: string, first: number][]
  common: string[]
}
export type Section = [anchor: string, heading: string, text: string]
export type Text = [title: string, address: string, sections: Section[]]

export interface Filter { kind?: string; section?: string }
/** A part of a text, and whether it is one of the words looked for. */
export type Piece = [text: string, marked: boolean]
export interface Found {
  title: Piece[]
  address: string
  kind: string
  section: string
  heading: Piece[]
  excerpt: Piece[]
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const longest = 40

/** What a reader does not type is taken away: capitals, accents. */
function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/ς/g, 'σ')
}

/** The "S" stemmer, as generator/search/words.go. */
export function stem(word: string): string {
  const letters = [...word] // by code point, as in Go
  if (letters.length > longest) word = letters.slice(0, longest).join('')
  if (letters.length <= 3 || !word.endsWith('s')) return word
  if (word.endsWith('ies')) return /[ea]ies$/.test(word) ? word.slice(0, -1) : word.slice(0, -3) + 'y'
  if (word.endsWith('es')) return /[aeo]es$/.test(word) ? word.slice(0, -1) : word.slice(0, -1)
  return /[us]s$/.test(word) ? word : word.slice(0, -1)
}

const mostEnding = 5

/** A word without an ending that its family has in many forms: measure, measuring, measurement. */
function rootOf(word: string): string {
  const root = word.replace(/(e|ed|ing|er|ment)$/, '')
  return root.length >= 4 ? root : word
}

export function words(text: string): string[] {
  return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(stem)
}

const mostFiles = 2 // of words, for a beginning that many words share
const mostWords = 60 // that a beginning may stand for
const afar = .6 // what a word is worth that only begins as the one looked for

export class Search {
  private readonly lists = new Map<string, string>()
  private readonly loaded = new Set<number>()
  private readonly texts = new Map<number, Text[]>()
  private readonly sorted: string[][] = []
  private readonly common: Set<string>
  private scores = new Map<number, number>()

  constructor(readonly index: Index) {
    this.common = new Set(index.common)
  }

  addWords(file: number, lines: string): void {
    this.loaded.add(file)
    this.sorted[file] = []
    for (const line of lines.split('\n')) {
      const space = line.indexOf(' ')
      if (space < 0) continue
      this.sorted[file]!.push(line.slice(0, space))
      this.lists.set(line.slice(0, space), line.slice(space + 1))
    }
  }

  addTexts(file: number, texts: Text[]): void {
    this.texts.set(file, texts)
  }

  /** The files of words that may hold a word, or one that begins so. */
  private filesOf(word: string): number[] {
    const { first } = this.index, files: number[] = []
    let at = 0
    for (let low = 0, high = first.length - 1; low <= high;) {
      const middle = (low + high) >> 1
      if (before(first[middle]!, word) || first[middle] === word) { at = middle; low = middle + 1 } else high = middle - 1
    }
    for (; at < first.length && files.length < mostFiles; at++) {
      if (files.length && !first[at]!.startsWith(word)) break
      files.push(at)
    }
    return files
  }

  /** The files of words that a query still needs. */
  wanted(query: string): number[] {
    return [...new Set(words(query).flatMap((word) => [...this.filesOf(word), ...this.filesOf(rootOf(word))]))].filter((file) => !this.loaded.has(file))
  }

  /**
   * The words of the index that a word of a query stands for, with what each is worth.
   * The last word may still be being typed, and one that is nowhere may be a beginning.
   */
  private meant(word: string, typing: boolean): [string, number][] {
    const meant: [string, number][] = this.lists.has(word) ? [[word, 1]] : []
    if (word.length < 2) return meant
    const start = typing || !meant.length ? word : rootOf(word)
    for (const file of this.filesOf(start)) {
      for (const other of this.sorted[file] ?? []) {
        const more = other.length - start.length
        if (other !== word && other.startsWith(start) && (start === word || more <= mostEnding)) meant.push([other, afar * start.length / (start.length + more / 2)])
        if (meant.length >= mostWords) return meant
      }
    }
    return meant
  }

  /** The numbers of the pages that fit a query, the best first. */
  rank(query: string, filter: Filter = {}): number[] {
    const asked = [...new Set(words(query))]
    const scores = new Map<number, number>(), told = new Map<number, number>()
    let all = 0
    asked.forEach((word, i) => {
      const best = new Map<number, [score: number, rarity: number]>()
      let rarest = 0
      for (const [other, worth] of this.meant(word, i === asked.length - 1)) {
        const pages = decode(this.lists.get(other)!)
        const rarity = worth * this.rarity(other, pages.length)
        rarest = Math.max(rarest, rarity)
        for (const [page, weight] of pages) if (weight * rarity > (best.get(page)?.[0] ?? 0)) best.set(page, [weight * rarity, rarity])
      }
      all += rarest
      for (const [page, [score, rarity]] of best) {
        scores.set(page, (scores.get(page) ?? 0) + score)
        told.set(page, (told.get(page) ?? 0) + rarity)
      }
    })
    // A page that has what is rare in the query is worth more than one with the rest of it.
    const allowed = this.allowed(filter), found: [page: number, score: number][] = []
    for (const [page, score] of scores) {
      const part = told.get(page)! / all
      if (part >= .3 && allowed(page)) found.push([page, score * part])
    }
    this.scores = new Map(found)
    return found.sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([page]) => page)
  }

  /** Puts pages whose texts are there in order: words that stand together count for more. */
  refine(query: string, pages: number[]): number[] {
    const phrase = words(query).join(' '), together = (page: number): number => {
      const [title, , sections] = this.textOf(page)
      if (!phrase.includes(' ')) return 1
      if (words(title).join(' ').includes(phrase)) return 2
      return sections.some((section) => words(section[1]).join(' ').includes(phrase)) ? 1.8 :
        sections.some((section) => words(section[2]).join(' ').includes(phrase)) ? 1.5 : 1
    }
    const worth = new Map(pages.map((page) => [page, (this.scores.get(page) ?? 0) * together(page)]))
    return [...pages].sort((x, y) => worth.get(y)! - worth.get(x)! || x - y)
  }

  private textOf(page: number): Text {
    return this.texts.get(Math.floor(page / this.index.perText))![page % this.index.perText]!
  }

  /** How much a word tells that stands on so many pages. */
  private rarity(word: string, pages: number): number {
    return Math.sqrt(Math.log(1 + this.index.pages / (pages + .5))) * (this.common.has(word) ? .15 : 1)
  }

  private allowed(filter: Filter): (page: number) => boolean {
    return (page) => {
      const [kind, section] = this.runOf(page)
      return (!filter.kind || filter.kind === kind) && (!filter.section || filter.section === section)
    }
  }

  private runOf(page: number): [string, string] {
    let found: [string, string] = ['', '']
    for (const [kind, section, first] of this.index.runs) {
      if (first > page) break
      found = [kind, section]
    }
    return found
  }

  /** The files of texts that are needed to show pages. */
  wantedTexts(pages: number[]): number[] {
    return [...new Set(pages.map((page) => Math.floor(page / this.index.perText)))].filter((file) => !this.texts.has(file))
  }

  /** What to show of a page: the section that fits best, and a line of it. */
  show(query: string, page: number): Found {
    const [title, address, sections] = this.textOf(page)
    const asked = [...new Set(words(query))], last = asked.length - 1
    const known = new Map<string, number>()
    const fits = (word: string): number => {
      const before = known.get(word)
      if (before !== undefined) return before
      const folded = stem(fold(word))
      const at = asked.findIndex((other, i) => folded === other || (i === last || other.length > 3) && other.length > 1 && folded.startsWith(other))
      known.set(word, at)
      return at
    }
    let best: Section = sections[0] ?? ['', '', ''], highest = -1
    for (const section of sections) {
      const inHeading = new Set<number>(), inText = new Set<number>()
      for (const [, word] of split(section[1])) inHeading.add(fits(word))
      for (const [, word] of split(section[2])) inText.add(fits(word))
      inHeading.delete(-1)
      inText.delete(-1)
      const both = new Set([...inHeading, ...inText])
      const score = 4 * both.size + 2 * inHeading.size + inText.size
      if (score > highest) { highest = score; best = section }
    }
    const [kind, section] = this.runOf(page)
    const heading = best[1] === title ? '' : best[1]
    return {
      title: marked(title, fits), kind, section, address: best[0] ? address + '#' + best[0] : address,
      heading: marked(heading, fits), excerpt: marked(excerpt(best[2], fits), fits),
    }
  }
}

/** Go compares strings by bytes of UTF-8, which is by code point. */
function before(a: string, b: string): boolean {
  const x = [...a], y = [...b]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!
    if (difference) return difference < 0
  }
  return x.length < y.length
}

function decode(list: string): [page: number, weight: number][] {
  const pages: [number, number][] = []
  let page = -1
  for (let i = 0; i < list.length;) {
    let distance = 0, unit = 1
    for (;; unit *= 32) {
      const digit = digits.indexOf(list[i++]!)
      distance += (digit & 31) * unit
      if (digit < 32) break
    }
    page += distance + 1
    pages.push([page, digits.indexOf(list[i++]!)])
  }
  return pages
}

/** The words of a text as they stand there, each with what stands before it. */
function split(text: string): [before: string, word: string][] {
  const parts: [string, string][] = []
  for (const match of text.matchAll(/([^\p{L}\p{N}\p{M}]*)([\p{L}\p{N}\p{M}]*)/gu)) if (match[0]) parts.push([match[1]!, match[2]!])
  return parts
}

function marked(text: string, fits: (word: string) => number): Piece[] {
  const pieces: Piece[] = []
  const add = (text: string, mark: boolean): void => {
    const last = pieces[pieces.length - 1]
    if (!text) return
    if (last && last[1] === mark) last[0] += text
    else pieces.push([text, mark])
  }
  for (const [between, word] of split(text)) {
    add(between, false)
    add(word, word !== '' && fits(word) >= 0)
  }
  return pieces
}

const excerptWords = 32

/** The part of a text in which the most of the words looked for stand, whole words only. */
function excerpt(text: string, fits: (word: string) => number): string {
  const parts = split(text)
  if (parts.length <= excerptWords) return text
  const found = parts.map(([, word]) => word ? fits(word) : -1)
  let start = 0, most = -1
  for (let i = 0; i < parts.length; i++) {
    if (i && found[i]! < 0) continue
    const seen = new Set(found.slice(i, i + excerptWords - 4).filter((n) => n >= 0))
    if (seen.size > most) { most = seen.size; start = i }
  }
  start = Math.max(0, Math.min(start - 4, parts.length - excerptWords))
  const line = parts.slice(start, start + excerptWords).map(([between, word], i) => (i ? between : '') + word).join('')
  return (start ? '… ' : '') + line + (start + excerptWords < parts.length ? ' …' : '')
}
