// The client of a page: everything here improves a page that already works
// without it. This script stands in the head and is not deferred, so that a
// chosen appearance is there before the first paint; the rest waits for the text.
import { attachAppearance, restoreAppearance } from './appearance'
import { attachAssessment } from './assessment/assessment'
import { attachCopy } from './copy'

restoreAppearance()
document.addEventListener('DOMContentLoaded', () => {
  attachAppearance()
  attachCopy()
  attachAssessment()
})
