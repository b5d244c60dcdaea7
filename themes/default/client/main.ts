// The script of every page: what improves a page that already works without it. It
// stands in the head and is not deferred, so that a chosen appearance is there before
// the first paint; the rest waits for the text. A page that needs more carries one
// more script: each file client/NAME.ts is one, its parts stand in folders.
import { attachAppearance, restoreAppearance } from './page/appearance'
import { confirmLive, expectLive } from './page/live'
import { attachSearchKey } from './page/search'

restoreAppearance()
expectLive()
document.addEventListener('DOMContentLoaded', () => {
  attachAppearance()
  confirmLive()
  attachSearchKey()
})
