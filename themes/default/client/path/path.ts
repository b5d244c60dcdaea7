// A golden path that follows its form. The page shows the defaults already; this puts
// other values where they stand, says what is wrong with them, and gives the files.
import { isTooLong, partOf, replaceFragment, withPart } from '../answers/fragment'
import { h } from '../assessment/dom'
import { Catalogue, Messages, Pairs } from '../engine/messages'
import { Path } from '../engine/path/data'
import { commandOf, folderOf, make, Made, readPath } from '../engine/path/make'
import { Wrong } from '../engine/path/value'
import { Form } from './form'
import { attachSteps } from './steps'
import { Take } from './take'
import { Text } from './text'

interface Data { path: Path; messages: Catalogue; steps: string[]; sections: string[] }

// The kind of the fragment's part that holds values.
const kind = 'values'

export function attachPath(): void {
  const block = document.querySelector('script[type="application/json"]'), element = document.getElementById('values')
  if (!block || !(element instanceof HTMLFormElement)) return
  const data: Data = JSON.parse(block.textContent ?? ''), path = readPath(data.path), words = new Messages(data.messages)
  const say = (wrong: Wrong): string => words.say(wrong.key, pairsOf(wrong.pairs))
  const text = new Text(path), form = new Form(element, path, words)
  const take = new Take(words, data.sections, () => link())
  attachSteps(data.steps, words)

  let made: Made | undefined
  const follow = (): void => {
    const result = make(path, form.values())
    form.show(result.faults, say)
    made = result.made
    if (made) {
      text.show(made)
      take.show(made.files, folderOf(path, made.texts), commandOf(path, made.texts))
    } else take.refuse()
  }
  // The address with the values that are not the defaults; a secret is never among them.
  const link = (): string => {
    const changed = Object.entries(form.values()).filter(([name, value]) => {
      const parameter = path.parameters.find((p) => p.name === name)
      return parameter && parameter.type !== 'secret' && value !== parameter.default
    })
    return withPart(location.hash, kind, changed.length > 0 ? new URLSearchParams(changed).toString() : undefined)
  }
  const read = (): void => {
    const part = isTooLong(location.hash) ? undefined : partOf(location.hash, kind)
    if (part !== undefined) form.fill(Object.fromEntries(new URLSearchParams(part)))
    follow()
  }
  // The address follows what is typed, so that loading the page again loses nothing; not at
  // each letter, for browsers allow only so many changes of it.
  let typed = 0
  const keep = (): void => {
    clearTimeout(typed)
    if (made) replaceFragment(link())
  }
  element.addEventListener('input', () => {
    follow()
    clearTimeout(typed)
    typed = window.setTimeout(keep, 400)
  })
  element.addEventListener('submit', (event) => event.preventDefault())
  element.addEventListener('change', keep)
  window.addEventListener('hashchange', read)
  document.getElementById('values-note')?.replaceChildren(...note(words))
  read()
}

// The sentence under the form, with its marked words marked.
function note(words: Messages): Node[] {
  const [before, after] = words.say('path.follow').split('{marked}')
  return [document.createTextNode(before ?? ''), h('mark', { class: 'slot' }, words.say('path.marked')), document.createTextNode(after ?? '')]
}

function pairsOf(list: string[]): Pairs {
  const pairs: Pairs = {}
  for (let i = 0; i + 1 < list.length; i += 2) pairs[list[i]!] = list[i + 1]!
  return pairs
}
