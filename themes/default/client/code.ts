// The script of pages with blocks of code: a button to copy each, and a stop of the
// keyboard only where a block is larger than its place. Without it code is there, can
// be marked and copied by hand, and each block is such a stop.
import { attachCopy } from './code/copy'
import { attachScroll } from './code/scroll'

const blocks = [...document.querySelectorAll<HTMLPreElement>('figure.code pre')]
attachCopy(blocks)
attachScroll(blocks)
