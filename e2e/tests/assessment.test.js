// The assessments, answered: in the browser and on the command line the same answers
// give the same result, at the root of a host, below a folder and from disk; and the
// page is small. How a reader goes through one is in flow.test.js.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answersTo, give, questionsOf } from '../answers.js'
import { elsewhere, launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { build, cairn, copyOfReference, referenceSite, scratch, starterSite } from '../sites.js'

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
  const data = JSON.parse(document.querySelector('script[type="application/json"]').textContent)
  return {
    data, votes: [...document.querySelectorAll('#Result [data-slot=votes] tr:not(.group):has(td)')].map((row) => [row.querySelector('th').textContent, ...texts('[data-slot=says] p', row)]).sort(),
    verdict: texts('.verdict')[0], candidates: texts('.candidates li'),
    profile: rows.map(([title, level, mean]) => `${title}: level ${level}, mean ${mean}`).sort(),
    short: rows.map(([title, , , target, short]) => `${title}: ${target}, ${short}`).sort(),
    steps: texts('.next h3'), asks: texts('.alert.warning ul a'),
    outcomes: texts('#Result-change ~ div dd > b'), changes: texts('#Result-change ~ div dd').filter((text) => text.startsWith('To raise')),
    reasons: [...document.querySelectorAll('#Result .tree > details')].map(reasons),
  }
})

/** What each source says for sure, then what it may say; the texts are those of the page's data. */
function votesOf(r, { model, votes, texts }) {
  return r.votes.map(({ source, votes: own }) => {
    const written = votes.filter((_, i) => model.sources[model.votes[i].source] === source)
    const of = (wanted) => own.flatMap(({ verdict }, i) => verdict === wanted ? [written[i]] : [])
    return [texts.sources[source], ...of('given'), ...of('open').map((text) => 'Perhaps: ' + text)]
  }).sort()
}

/** The target of a dimension and how far it is from it: spans while answers are open. */
function shortOf({ ladder, target: { levels, none } }) {
  const span = (low, high, perhapsNone) => (low === high ? `${low}` : `${low} to ${high}`) + (perhapsNone ? ', or –' : '')
  if (levels.length === 0) return '–, –'
  const low = Math.min(...levels), high = Math.max(...levels)
  return span(low, high, none) + ', ' + (ladder.low === undefined ? '–' : span(Math.max(0, low - ladder.high), Math.max(0, high - ladder.low), none || ladder.none))
}

/** The same, from the tree that the command prints. */
function wanted(r, data) {
  const lines = (reason) => [reason.text, ...(reason.parts ?? []).flatMap(lines)]
  const decided = r.decision?.outcomes.findIndex(({ id }) => id === r.decision.outcome) ?? -1
  const open = r.decision && r.decision.outcome === undefined && r.decision.candidates.length > 0
  const title = ({ text }) => text.split(/: (?:waits for|perhaps after) /)[0]
  return {
    votes: votesOf(r, data), verdict: open ? 'Still open' : r.decision?.text ?? 'Your result', candidates: open ? r.decision.candidates.length + (r.decision.none ? 1 : 0) : 0,
    profile: r.dimensions.map((d) => d.text).sort(),
    short: r.dimensions.map((d, i) => `${data.texts.dimensions[i]}: ${shortOf(d)}`).sort(),
    steps: r.next.filter((step) => step.ready).slice(0, 3).map(title), asks: (r.decision?.unanswered ?? []).length,
    outcomes: Math.min(12, r.change?.ways.length ?? 0), changes: r.dimensions.flatMap((d) => d.raise?.text ?? []),
    reasons: [
      ...(r.decision?.outcomes.slice(0, decided < 0 ? undefined : decided + 1) ?? []),
      ...r.advice.filter((advice) => advice.verdict === 'given'), ...r.dimensions, ...r.values,
    ].map(({ reason }) => lines(reason)),
  }
}

function compare({ data, ...got }, r, where) {
  const want = wanted(r, data)
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
      let both = 0
      for (const { name, seed } of files) {
        const page = await open(home, `assessment/${name}.html`)
        const answers = answersTo(await questionsOf(page), seed)
        await give(page, answers)
        const got = await shown(page)
        compare(got, await assessed(site, name, 1, answers), `${name} ${seed}`)
        both += got.votes.filter(([, first, ...rest]) => !first?.startsWith('Perhaps: ') && rest.some((text) => text.startsWith('Perhaps: '))).length
        none(page.faults)
        await page.context().close()
      }
      ok(both > 0, 'some source says one thing for sure and perhaps another')
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

/** The reference site with forty questions in place of its longest assessment's fifty. */
async function siteOfForty() {
  const root = copyOfReference('forty'), file = join(root, 'assessment/maturity.toml')
  const tables = readFileSync(file, 'utf8').split(/^(?=\[\[)/m), last = new Map()
  for (const table of tables.filter((table) => table.startsWith('[[question]]'))) {
    const dimension = table.match(/^dimension = "(.+)"/m)?.[1]
    if (dimension) last.set(dimension, [...last.get(dimension) ?? [], table])
  }
  const gone = [...last.values()].flatMap((list) => list.slice(5 - list.length - 1))
  writeFileSync(file, tables.filter((table) => !gone.includes(table) && !table.startsWith('[[expect]]')).join(''))
  rmSync(join(root, 'assessment/released'), { recursive: true })
  return build('forty', root)
}

// Whatever the browser is sent, as most hosts compress it, until every question is answered
// and the result is drawn and kept; and what more is sent when it is shared.
for (const [what, count, most] of [['forty', 40, 60_000], ['fifty', 50, 62_000]]) {
  test(`a page of ${what} questions sends little`, async () => {
    const { folder } = count === 40 ? await siteOfForty() : site
    const server = await serveFolder(folder, '/', undefined, true), home = server.address.replace('127.0.0.1', elsewhere)
    servers.push(server)
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage(), received = []
    page.on('requestfinished', (request) => { if (!request.url().startsWith('data:')) received.push(request) })
    const sent = async () => {
      const list = await Promise.all(received.map(async (request) => ({ name: new URL(request.url()).pathname, kind: request.resourceType(), bytes: (await request.sizes()).responseBodySize })))
      return { list, sum: (kind) => list.filter((one) => !kind || one.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0) }
    }
    await page.goto(home + 'assessment/maturity.html')
    const questions = await questionsOf(page)
    equal(questions.length, count)
    await give(page, answersTo(questions, 4))
    await page.waitForFunction(() => document.querySelector('[data-slot=kept] [role=status]').textContent.startsWith('Kept'))
    equal(await page.locator('.given').count(), count, 'every question is answered')
    const first = await sent()
    deepEqual(first.list.map(({ name }) => name.replace(/-[0-9a-f]{16}/, '')).sort(), ['/assessment/maturity.html', '/assets/assessment.js', '/assets/main.js', '/assets/style.css'])
    ok(first.list.every(({ name, bytes }) => bytes > 100 && bytes < readFileSync(join(folder, name)).length), 'each is compressed')
    ok(first.sum('script') <= 20_000, `${first.sum('script')} bytes of script, and 20,000 is the most`)
    ok(first.sum() <= most, `${first.sum()} bytes in all, and ${most} is the most`)
    await page.getByRole('button', { name: 'Link to this result' }).click()
    await page.waitForFunction(() => document.querySelector('[data-slot=take] input[readonly]')?.value.includes('~answers='))
    const more = (await sent()).sum() - first.sum()
    ok(more > 1_000 && more <= 8_000, `${more} bytes more to share it, and 8,000 is the most`)
    console.log(`${count} questions: ${first.sum()} bytes until the result is drawn and kept, ${first.sum('script')} of them script; ${more} more to share it`)
    await page.context().close()
  })
}
