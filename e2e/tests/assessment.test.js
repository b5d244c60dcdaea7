// The assessments, answered: in the browser and on the command line the same answers
// give the same result, at the root of a host, below a folder and from disk; the whole
// can be answered by keyboard; and it is accessible half answered and complete (pages.test.js
// looks at it empty).
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { violations } from '../accessible.js'
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

/** Chance that is the same each time. */
function chances(seed) {
  let state = seed * 2654435761 % 4294967296
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor(state / 4294967296 * below)
  }
}

/** The questions as the page asks them. */
const questionsOf = (page) => page.evaluate(() => [...document.querySelectorAll('fieldset.question')].map((field) => {
  const number = field.querySelector('input[type=number]')
  const values = (selector) => [...field.querySelectorAll(selector)].map((input) => input.value)
  return {
    id: field.id, number: number && { min: +number.min, max: +number.max, step: +number.step },
    options: values('.options:not(.apart) input'), many: field.querySelector('input[type=checkbox]') !== null,
    apart: values('.apart input'),
  }
}))

/** A choice as answer files write it: yes and no alone are true and false. */
const written = (question, option) => question.options.toSorted().join() === 'no,yes' ? option === 'yes' : option

/** Answers to some of the questions, as an answer file has them. */
function answersTo(questions, seed) {
  const chance = chances(seed), given = {}
  for (const question of questions) {
    if (chance(10) < seed % 4) continue
    if (chance(8) === 0 && question.apart.length > 0) {
      const word = question.apart[chance(question.apart.length)]
      given[question.id] = word === 'none' ? { value: [] } : { state: word }
    } else if (question.number) {
      const { min, max, step } = question.number
      given[question.id] = { value: min + step * chance(Math.min(60, (max - min) / step + 1)) }
    } else if (question.many) {
      given[question.id] = { value: [question.options[chance(question.options.length)]] }
    } else {
      given[question.id] = { value: written(question, question.options[chance(question.options.length)]) }
    }
  }
  return given
}

/** What the command says about these answers. */
async function assessed(of, id, version, answers) {
  const file = join(scratch, `answers-${id}.json`)
  writeFileSync(file, JSON.stringify({ format: 'cairn-answers', assessment: id, version, answers }))
  return JSON.parse((await cairn('assess', id, file, '--json', '--root', of.root)).stdout)
}

/** Gives the answers in the form, and waits until the page has said everything. */
async function give(page, answers) {
  await page.evaluate((answers) => {
    for (const [id, { value, state }] of Object.entries(answers)) {
      const field = document.getElementById(id)
      const words = Array.isArray(value) ? (value.length > 0 ? value : ['none']) : [state ?? (value === true ? 'yes' : value === false ? 'no' : String(value))]
      const number = field.querySelector('input[type=number]')
      if (number && typeof value === 'number') {
        number.value = String(value)
        number.dispatchEvent(new Event('input', { bubbles: true }))
      } else {
        for (const input of field.querySelectorAll('input')) if (words.includes(input.value) && input.type !== 'number') input.click()
      }
    }
  }, answers)
  await settled(page)
}

const settled = (page) => page.waitForFunction(() => document.querySelector('#Result-why ~ div').childNodes.length > 0 && !document.querySelector('#Result [aria-busy]'), undefined, { timeout: 20_000 })

/** What the page shows, in the words of the result. */
const shown = (page) => page.evaluate(() => {
  window.dispatchEvent(new Event('beforeprint')) // draws every reason
  const texts = (selector, root = document.querySelector('#Result')) => [...root.querySelectorAll(selector)].map((element) => element.textContent.trim())
  const rows = [...document.querySelectorAll('#Result .figures tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
  const reasons = (details) => [...details.children].flatMap((child) => child.localName === 'summary' ? [] : [...child.children].flatMap((item) => {
    const inner = item.querySelector(':scope > details')
    return inner ? [inner.querySelector('summary').textContent, ...reasons(inner)] : [item.textContent]
  }))
  return {
    verdict: texts('.verdict')[0], candidates: texts('.candidates li'),
    profile: rows.map(([title, level, mean]) => `${title}: level ${level}, mean ${mean}`).sort(),
    steps: texts('.next h3'), asks: texts('.alert.warning a'),
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

test('a whole assessment is answered by keyboard alone', async () => {
  const server = await serveFolder(site.folder)
  servers.push(server)
  const page = await open(server.address, 'assessment/hire-next.html')
  const questions = Object.fromEntries((await questionsOf(page)).map((question) => [question.id, question]))
  const answers = {}
  const at = () => page.evaluate(() => {
    const element = document.activeElement
    return { id: element.closest('fieldset.question')?.id, type: element.type, value: element.value, inForm: element.closest('form') !== null, seen: element.checkVisibility() }
  })
  let entered = false
  for (let stops = 0; stops < 400; stops++) {
    await page.keyboard.press('Tab')
    const { id, type, value, inForm } = await at()
    entered ||= inForm
    if (entered && !inForm) break
    if (!id || answers[id]) continue
    if (type === 'number') {
      await page.keyboard.type('24')
      answers[id] = { value: 24 }
    } else if (type === 'checkbox') {
      await page.keyboard.press('Space')
      answers[id] = { value: [value] }
    } else if (type === 'radio') {
      await page.keyboard.press('ArrowDown') // from the first to the second, and chosen
      answers[id] = { value: written(questions[id], (await at()).value) }
    }
  }
  equal(Object.keys(answers).length, await page.locator('fieldset.question:visible').count(), 'every question that is asked was reached by Tab')
  await settled(page)
  compare(await shown(page), await assessed(site, 'hire-next', 1, answers), 'by keyboard')
  none(page.faults)
  await page.context().close()
})

describe('is accessible and fits its window', () => {
  for (const [name, seed] of [['maturity', 3], ['maturity', 4], ['hire-next', 7], ['approach', 8]]) {
    for (const options of [{ viewport: { width: 360, height: 800 }, colorScheme: 'light' }, { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }]) {
      test(`${name}, answers ${seed}, ${options.viewport.width} px, ${options.colorScheme}`, async () => {
        const server = await serveFolder(site.folder)
        servers.push(server)
        const page = await open(server.address, `assessment/${name}.html`, options)
        await give(page, answersTo(await questionsOf(page), seed))
        await page.evaluate(() => { for (const details of document.querySelectorAll('#Result .tree > details')) details.open = true })
        none(await violations(page))
        ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the window')
        none(page.faults)
        await page.context().close()
      })
    }
  }
})

// What a screen reader is told of a result.
test('the tree of a result for assistive technology is as recorded', async () => {
  const server = await serveFolder(starter.folder)
  servers.push(server)
  const page = await open(server.address, 'assessment/readiness.html')
  await give(page, answersTo(await questionsOf(page), 10))
  const got = await page.locator('#Result').ariaSnapshot() + '\n'
  const golden = join(import.meta.dirname, 'readiness.aria.yaml')
  if (process.env.UPDATE) writeFileSync(golden, got)
  equal(got, readFileSync(golden, 'utf8'), 'UPDATE=1 records it anew')
  await page.context().close()
})

// Every byte of the page, as a host compresses it.
test('a page of forty questions and more is small', async () => {
  const { gzipSync } = await import('node:zlib')
  const size = (name) => gzipSync(readFileSync(join(site.folder, name)), { level: 9 }).length
  const html = readFileSync(join(site.folder, 'assessment/maturity.html'), 'utf8')
  const parts = [...html.matchAll(/(?:<script src|<link rel="stylesheet" href)="\.\.\/([^"]+)"/g)].map((match) => match[1])
  equal(parts.length, 2)
  const script = size(parts.find((name) => name.endsWith('.js')))
  const all = size('assessment/maturity.html') + parts.reduce((sum, name) => sum + size(name), 0)
  ok(script <= 20_000, `the script is ${script} bytes compressed, and 20,000 is the most`)
  ok(all <= 60_000, `the page is ${all} bytes compressed in all, and 60,000 is the most`)
})
