// Answers in the browser's own storage. It may be absent, forbidden, full, or written by
// another tab meanwhile; whatever goes wrong is told, and nothing is written over that
// this page has not seen.
export type Kept = 'kept' | 'refused' | 'elsewhere'

// What this site keeps answers under: followed by the address of the page that asks.
export const prefix = 'cairn-answers '

export class Store {
  // What stands there, as far as this page knows.
  #seen: string | null = null

  constructor(readonly key: string) {}

  // What is kept; null if nothing is, or if it cannot be read.
  read(): string | null {
    try {
      return this.#seen = localStorage.getItem(this.key)
    } catch {
      return null
    }
  }

  // Keeps a text, or nothing at all.
  write(text: string | null, over = false): Kept {
    try {
      const storage = localStorage
      if (!over && storage.getItem(this.key) !== this.#seen) return 'elsewhere'
      if (text === null) storage.removeItem(this.key)
      else storage.setItem(this.key, text)
      if (storage.getItem(this.key) !== text) return 'refused'
      this.#seen = text
      return 'kept'
    } catch {
      return 'refused'
    }
  }

  // Whether a change in another tab is one to what this page has seen.
  isNews({ key, newValue }: StorageEvent): boolean { return key === this.key && newValue !== this.#seen || key === null && this.#seen !== null }
}
