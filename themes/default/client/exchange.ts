// The script of a page with an assessment that reads answers from elsewhere, makes links and
// compares. It is loaded when one of these is asked for: client/keep/load.ts.
import { Exchange } from './exchange/exchange'

document.dispatchEvent(new CustomEvent('exchange', { detail: Exchange }))
