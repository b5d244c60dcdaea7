// The assessments, answered: in the browser and on the command line the same answers
// give the same result, at the root of a host, below a folder and from disk; and the
// page is small. How a reader goes through one is in flow.test.js.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answersTo, give, questionsOf } from '../answers.js'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { cairn, referenceSite, scratch, starterSite } from '../sites.js'

let browser, site, starter
const servers = []
before(async () => {
  browser = await launch()
  site = await referenceSite()
  starter = await starterSite()
})
after(async () => {
  await browser?.close()
  for (const server of servers) server.close()
})

async function open(home, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await openWatched(context, home)
  await page.goto(home + name)
  return page
}

/** What the command says about these answers. */
async function assessed(of, id, version, answers) {
  const file = join(scratch, `answers-${id}.json`)
  writeFileSync(file, JSON.stringify({ format: 'cairn-answers', assessment: id, version, answers }))
  return JSON.parse((await cairn('assess', id, file, '--json', '--root', of.root)).stdout)
}

/** What the page shows, in the words of the result. */
const shown = (page) => page.evaluate(() => {
  // Opening draws the reasons: the event of a toggle comes later, so it is sent at once.
  for (let closed; (closed = [...document.querySelectorAll('#Result .tree details:not(.drawn)')]).length > 0;) {
    for (const details of closed) {
      details.classList.add('drawn')
      details.dispatchEvent(new Event('toggle'))
    }
  }
  const texts = (selector, root = document.querySelector('#Result')) => [...root.querySelectorAll(selector)].map((element) => element.textContent.trim())
  const rows = [...document.querySelectorAll('#Result .figures tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
  const reasons = (details) => [...details.children].flatMap((child) => child.localName === 'summary' ? [] : [...child.children].flatMap((item) => {
    const inner = item.querySelector(':scope > details')
    return inner ? [inner.querySelector('summary').textContent, ...reasons(inner)] : [item.textContent]
  }))
  return {
    verdict: texts('.verdict')[0], candidates: texts('.candidates li'),
    profile: rows.map(([title, level, mean]) => `${title}: level ${level}, mean ${mean}`).sort(),
    steps: texts('.next h3'), asks: texts('.alert.warning ul a'),
    outcomes: texts('#Result-change ~ div dd > b'), changes: texts('#Result-change ~ div dd').filter((text) => text.startsWith('To raise')),
    reasons: [...document.querySelectorAll('#Result .tree > details')].map(reasons),
  }
})

/** The same, from the tree that the command prints. */
function wanted(r) {
  const lines = (reason) => [reason.text, ...(reason.parts ?? []).flatMap(lines)]
  const decided = r.decision?.outcomes.findIndex(({ id }) => id === r.decision.outcome) ?? -1
  const open = r.decision && r.decision.outcome === undefined && r.decision.candidates.length > 0
  const title = ({ text }) => text.split(/: (?:waits for|perhaps after) /)[0]
  return {
    verdict: open ? 'Still open' : r.decision?.text ?? 'Your result', candidates: open ? r.decision.candidates.length + (r.decision.none ? 1 : 0) : 0,
    profile: r.dimensions.map((d) => d.text).sort(),
    steps: r.next.filter((step) => step.ready).slice(0, 3).map(title), asks: (r.decision?.unanswered ?? []).length,
    outcomes: Math.min(12, r.change?.ways.length ?? 0), changes: r.dimensions.flatMap((d) => d.raise?.text ?? []),
    reasons: [
      ...(r.decision?.outcomes.slice(0, decided < 0 ? undefined : decided + 1) ?? []),
      ...r.advice.filter((advice) => advice.verdict === 'given'), ...r.dimensions, ...r.values,
    ].map(({ reason }) => lines(reason)),
  }
}

function compare(got, r, where) {
  const want = wanted(r)
  deepEqual({ ...got, candidates: got.candidates.length, asks: got.asks.length, outcomes: got.outcomes.length }, want, where)
}

const files = [1, 2, 3, 4].map((seed) => ({ name: 'maturity', seed }))
  .concat([5, 6, 7].map((seed) => ({ name: 'hire-next', seed })), [8, 9].map((seed) => ({ name: 'approach', seed })))

describe('the same answers give the same result as the command', () => {
  for (const place of ['at the root of a host', 'below a folder', 'from disk']) {
    test(place, async () => {
      let home = pathToFileURL(site.folder).href + '/'
      if (place !== 'from disk') {
        const server = await serveFolder(site.folder, place === 'below a folder' ? '/x/y/' : '/')
        servers.push(server)
        home = server.address
      }
      for (const { name, seed } of files) {
        const page = await open(home, `assessment/${name}.html`)
        const answers = answersTo(await questionsOf(page), seed)
        await give(page, answers)
        compare(await shown(page), await assessed(site, name, 1, answers), `${name} ${seed}`)
        none(page.faults)
        await page.context().close()
      }
    })
  }

  test('that of a new site', async () => {
    const server = await serveFolder(starter.folder)
    servers.push(server)
    const page = await open(server.address, 'assessment/readiness.html')
    const answers = answersTo(await questionsOf(page), 10)
    await give(page, answers)
    compare(await shown(page), await assessed(starter, 'readiness', 1, answers), 'readiness')
    none(page.faults)
    await page.context().close()
  })
})

// Every byte of the page, as a host compresses it. The longest one has fifty questions
// and as many pieces of advice.
test('a page of forty questions and more is small', async () => {
  const { brotliCompressSync, gzipSync } = await import('node:zlib')
  const zip = (name) => gzipSync(readFileSync(join(site.folder, name)), { level: 9 }).length
  const brotli = (name) => brotliCompressSync(readFileSync(join(site.folder, name))).length
  const html = readFileSync(join(site.folder, 'assessment/maturity.html'), 'utf8')
  const parts = [...html.matchAll(/(?:<script src|<link rel="stylesheet" href)="\.\.\/([^"]+)"/g)].map((match) => match[1])
  const scripts = Object.fromEntries(parts.filter((name) => name.endsWith('.js')).map((name) => [name.match(/([a-z]+)-/)[1], zip(name)]))
  deepEqual(Object.keys(scripts).sort(), ['assessment', 'keep', 'main'])
  const first = scripts.main + scripts.assessment
  ok(first <= 20_000, `the first result needs ${first} bytes of script, by gzip, and 20,000 is the most`)
  const all = (size) => ['assessment/maturity.html', ...parts].reduce((sum, name) => sum + size(name), 0)
  ok(all(brotli) <= 60_000, `the page is ${all(brotli)} bytes in all by Brotli, and 60,000 is the most`)
  ok(all(zip) <= 67_000, `the page is ${all(zip)} bytes in all by gzip, and 67,000 is the most`)
})
