// The script of pages with a table of some rows: sorting, finding, choosing, grouping.
// Without it there is the whole table as its author wrote it; the form above it is
// hidden until it is answered here.
import { anchorOf } from './answers/fragment'
import { attachTable } from './table/attach'

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-table]')) attachTable(form)

// A browser does not find an anchor that parts follow.
if (window.location.hash.includes('~')) document.getElementById(anchorOf(window.location.hash))?.scrollIntoView()
