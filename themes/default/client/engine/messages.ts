// The words of the interface, from the page's data block: generator/messages. The
// rules by which they are filled in are the same there.
export type Catalogue = Record<string, string>
export type Pairs = Record<string, string | number>

export class Messages {
  // Texts, cut at their {names}: text, name, text, name, text.
  private readonly cut = new Map<string, string[]>()

  constructor(private readonly words: Catalogue) {}

  // The message of a key, with its {names} replaced; a key that is missing itself.
  say(key: string, pairs?: Pairs): string {
    const text = this.words[key]
    if (text === undefined || !pairs) return text ?? key
    let parts = this.cut.get(key)
    if (!parts) this.cut.set(key, parts = text.split(/\{([^}]*)\}/))
    let line = parts[0]!
    for (let i = 1; i < parts.length; i += 2) line += (pairs[parts[i]!] ?? '{' + parts[i]! + '}') + parts[i + 1]!
    return line
  }

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
