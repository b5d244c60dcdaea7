// Loads the script that reads, sends and compares answers, and its companion where earlier
// versions are known. They stand in a <template> of the page, where no browser loads them;
// a copy of them it does. So no address is made up here, and the policy of the page need
// allow none.
import { copy } from '../assessment/dom'
import { Exchange } from '../exchange/exchange'
import { Keep } from './keep'

// What the script hands over, by an event.
export type Offer = new (keep: Keep) => Exchange

export async function load(keep: Keep): Promise<Exchange> {
  let offer: Offer
  document.addEventListener('exchange', (event) => { offer = (event as CustomEvent<Offer>).detail }, { once: true })
  await Promise.all([...copy('Exchange')!.querySelectorAll('script')].map((script) => new Promise((resolve, reject) => {
    script.async = false // one after the other
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })))
  return new offer!(keep)
}
