// What becomes of the answers: for now they last as long as the page.
import { h } from './dom'
import { Session } from './assessment'

export function attachKeep({ kept, words }: Session): void {
  kept.append(h('h2', { class: 'label' }, words.say('keep.title')), h('p', {}, words.say('keep.page')))
}
