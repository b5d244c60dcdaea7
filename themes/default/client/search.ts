// The script of the search page. The index is a family of scripts that are loaded when
// a query needs them; the page allows itself to load these by name, and nothing else.
import { Filter, Index, Search, Text } from './search/engine'
import { Page } from './search/page'

declare global {
  interface Window {
    cairnSearch?: Receiver
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(name: string): string }): { createScriptURL(name: string): unknown } }
  }
}
interface Receiver {
  index(index: Index): void
  words(file: number, stamp: string, lines: string): void
  texts(file: number, stamp: string, texts: Text[]): void
}

const ownNames = /^search\/(index|(words|texts)-\d+)\.js$/
const checked = (name: string): string => {
  if (!ownNames.test(name)) throw new TypeError('not a file of the index: ' + name)
  return name
}
const policy = window.trustedTypes?.createPolicy('cairn-search', { createScriptURL: checked })

/** Loads a file of the index once; it hands its data to window.cairnSearch. */
const loads = new Map<string, Promise<void>>()
function load(file: string): Promise<void> {
  const name = 'search/' + file + '.js'
  let loading = loads.get(name)
  if (!loading) {
    loading = new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = (policy ? policy.createScriptURL(name) : checked(name)) as string
      script.addEventListener('load', () => resolve())
      script.addEventListener('error', () => reject(new Error(name)))
      document.head.append(script)
    })
    loads.set(name, loading)
    loading.catch(() => loads.delete(name)) // the next key tries again
  }
  return loading
}

const page = document.getElementById('search-form') && new Page()
if (page) {
  let search: Search | undefined
  // A file with another stamp is of a site that was published after this page was opened.
  let outdated = false
  const fresh = (stamp: string): boolean => stamp === search?.index.stamp || !(outdated = true)
  window.cairnSearch = {
    index(index) { search = new Search(index); page.offer(index) },
    words(file, stamp, lines) { if (fresh(stamp)) search!.addWords(file, lines) },
    texts(file, stamp, texts) { if (fresh(stamp)) search!.addTexts(file, texts) },
  }
  let run = 0
  page.onAsk = async (query: string, filter: Filter, most: number) => {
    const mine = ++run
    try {
      await load('index')
      await Promise.all(search!.wanted(query).map((file) => load('words-' + file)))
      if (mine !== run) return
      if (outdated) return page.updated()
      const found = search!.rank(query, filter), first = found.slice(0, most)
      await Promise.all(search!.wantedTexts(first).map((file) => load('texts-' + file)))
      if (mine !== run) return
      if (outdated) return page.updated()
      page.show(query, found.length, search!.refine(query, first).map((number) => search!.show(query, number)))
    } catch {
      if (mine === run) page.missing()
    }
  }
  page.begin()
}
