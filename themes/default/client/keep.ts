// The script of a page with an assessment that keeps, shares and compares answers. It is
// deferred, stands before the script of the form, and waits for its session; the first
// result does not wait for it.
import { Session } from './assessment/assessment'
import { Keep } from './keep/keep'

document.addEventListener('assessment', (event) => { new Keep((event as CustomEvent<Session>).detail) })
