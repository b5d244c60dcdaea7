// Runs the test files, two at a time. A real browser on a busy machine now and then loses a
// page or dies for no reason of the site's, so a file that failed is run once more, alone:
// what fails again is a fault. Each that passed only then is named at the end.
import { readdirSync } from 'node:fs'
import { run } from 'node:test'
import { tap } from 'node:test/reporters'

const folder = new URL('tests/', import.meta.url).pathname
const minutes = 60_000

/** Runs test files and prints what they say; returns those that failed. */
async function failed(files, concurrency) {
  const found = new Set()
  const events = run({ files, concurrency, timeout: 15 * minutes })
  events.on('test:fail', ({ file, name }) => found.add(files.find((path) => path === file || path.endsWith(name)) ?? file))
  for await (const line of events.compose(tap)) process.stdout.write(line)
  return [...found]
}

const first = await failed(readdirSync(folder).filter((name) => name.endsWith('.test.js')).map((name) => folder + name), 2)
const second = first.length > 0 ? await failed(first, 1) : []
for (const file of first) {
  console.log(`# ${file.slice(folder.length)}: failed beside the others, and alone it ${second.includes(file) ? 'failed again' : 'passed'}`)
}
process.exitCode = second.length > 0 ? 1 : 0
