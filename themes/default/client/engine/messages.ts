// The words of the interface, from the page's data block: generator/messages. The
// rules by which they are filled in are the same there.
export type Catalogue = Record<string, string>
export type Pairs = Record<string, string | number>

export class Messages {
  readonly #catalogue: Catalogue
  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  // The message of a key, with its {names} replaced; a key that is missing itself.
  say(key: string, pairs: Pairs = {}): string {
    return (this.#catalogue[key] ?? key).replace(/\{([^}]*)\}/g, (whole, name: string) => String(pairs[name] ?? whole))
  }

  // Takes further messages.
  learn(more: Catalogue): void { Object.assign(this.#catalogue, more) }

  // A message about a number of things: KEY.one for 1, KEY.many else.
  count(key: string, n: number, pairs?: Pairs): string {
    return this.say(key + (n === 1 ? '.one' : '.many'), { n, ...pairs })
  }

  // "a, b and c". The word before the last is under key.
  list(key: string, words: string[]): string {
    const last = words[words.length - 1] ?? ''
    return words.length < 2 ? last : words.slice(0, -1).join(', ') + ' ' + this.say(key) + ' ' + last
  }
}
