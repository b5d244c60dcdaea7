// Hostile strings stay inert: more than five hundred, each through the fragment, a file, the
// storage and a note, in a real browser; with the policy of the pages, and with it taken
// out, so that the policy is not what holds. An alarm counts what runs. Assessments whose
// ids are names of prototypes and of a form's own parts work like any other.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { elsewhere, launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { hostile } from '../hostile.js'
import { serveFolder } from '../server.js'
import { build, cairn, scratch, starterSite } from '../sites.js'

const name = 'assessment/readiness.html'
let browser, site, bare
const servers = []
before(async () => {
  browser = await launch()
  site = await starterSite()
  bare = join(scratch, 'without-policy')
  cpSync(site.folder, bare, { recursive: true })
  for (const page of site.pages) {
    const text = readFileSync(join(bare, page), 'utf8'), without = text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    ok(without.length < text.length || page.includes('moved'), `${page} had a policy`)
    writeFileSync(join(bare, page), without)
  }
})
after(async () => {
  await browser?.close()
  for (const server of servers) server.close()
})

async function open(folder, address = name) {
  const server = await serveFolder(folder)
  servers.push(server)
  const home = server.address.replace('127.0.0.1', elsewhere)
  const page = await openWatched(await browser.newContext({ viewport: { width: 1280, height: 900 } }), home)
  await page.addInitScript(() => {
    window.alarms = []
    window.alarm = () => { window.alarms.push(new Error().stack) }
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = window.alarm
    window.prototypes = () => JSON.stringify([Object, Array, String, Number, Function, Map, Set, Element, HTMLElement, Event].map(({ prototype }) => Reflect.ownKeys(prototype).map(String)))
    window.untouched = window.prototypes()
  })
  await page.goto(home + address)
  return page
}

/** What ran, and what a prototype got. */
const harm = async (page) => {
  const { alarms, changed, polluted } = await page.evaluate(() => ({ alarms: window.alarms, changed: window.prototypes() !== window.untouched, polluted: {}.polluted !== undefined }))
  return [...alarms.map((stack) => 'ran: ' + stack), ...changed ? ['a prototype was changed'] : [], ...polluted ? ['{} is polluted'] : [], ...page.faults]
}

test('the alarm rings if something runs', async () => {
  const page = await open(bare)
  await page.evaluate(() => { document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="alarm()">') })
  await page.waitForFunction(() => window.alarms.length === 1)
  await page.evaluate(() => { Object.prototype.polluted = true })
  equal((await harm(page)).filter((fault) => /polluted|prototype was/.test(fault)).length, 2)
  await page.context().close()
  ok(hostile.length >= 500, `${hostile.length} strings`)
})

for (const [which, folder] of [['with the policy', () => site.folder], ['without it', () => bare]]) {
  describe(which, () => {
    test('through the fragment', async () => {
      const page = await open(folder())
      await page.evaluate(async (strings) => {
        const turn = () => new Promise((resolve) => setTimeout(resolve))
        // Each once as anchor and answers, or as answers and the name of a part, as it is or
        // escaped: a browser lets a page go to no more than twenty places a second.
        for (let i = 0; i < strings.length; i++) {
          const text = i % 4 < 2 ? strings[i] : encodeURIComponent(strings[i].replace(/[\ud800-\udfff]/gu, ''))
          location.hash = i % 2 ? text + '~answers=' + text : '#Result~' + text + '=x~answers=' + text
          await turn()
        }
      }, hostile)
      none(await harm(page))
      ok(!await page.evaluate(() => document.body.hasAttribute('data-read-only')), 'none was read as answers')
      await page.context().close()
    })

    test('through a file: its name, its text, its label, its notes, its ids', async () => {
      const page = await open(folder())
      const counts = await page.evaluate(async (strings) => {
        const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms)), counts = { opened: 0, refused: 0 }
        const notice = document.querySelector('[data-slot=notice]')
        const drop = async (name, text) => {
          notice.textContent = ''
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([text], name, { type: 'application/json' }))
          document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
          for (let i = 0; notice.textContent === '' && i < 20_000; i++) await turn(5)
          counts[notice.textContent.includes('not opened') ? 'refused' : 'opened']++
        }
        const whole = (answers, more) => JSON.stringify({ format: 'cairn-answers', assessment: 'readiness', version: 1, ...more, answers })
        for (const text of strings) {
          await drop(text || 'x', text)
          await drop('a.json', whole({ 'need-users': { value: '2', note: text } }, { label: text.slice(0, 200) }))
          await drop('a.json', whole({ 'need-users': { value: text } }))
          await drop('a.json', '{"format": "cairn-answers", "assessment": "readiness", "version": 1, "answers": {' + JSON.stringify(text) + ': {"value": "2"}}}')
        }
        return counts
      }, hostile)
      none(await harm(page))
      deepEqual(counts, { opened: hostile.length, refused: 3 * hostile.length }, 'notes and labels are texts; the rest is refused')
      await page.context().close()
    })

    test('through the storage', async () => {
      const page = await open(folder()), key = 'cairn-answers /' + name
      const whole = (...notes) => JSON.stringify({ format: 'cairn-answers', assessment: 'readiness', version: 1, answers: { 'need-users': { value: '2', note: notes[0] }, 'need-existing': { value: '1', note: notes[1] } } })
      // What another tab wrote is read in the same way as what an earlier visit did.
      const counts = await page.evaluate(async ({ key, texts }) => {
        const notice = document.querySelector('[data-slot=notice]'), counts = { resumed: 0, damaged: 0 }
        const until = async (holds) => { for (let i = 0; !holds() && i < 20_000; i++) await new Promise((resolve) => setTimeout(resolve, i && 5)) }
        const press = (text) => [...document.querySelectorAll('button')].find((button) => button.textContent === text).click()
        for (const text of texts) {
          document.querySelector('fieldset.question input').click()
          localStorage.setItem(key, text)
          dispatchEvent(new StorageEvent('storage', { key, newValue: text }))
          await until(() => notice.textContent.includes('another tab'))
          press('Take those')
          await until(() => !notice.textContent.includes('another tab'))
          counts[notice.textContent.includes('cannot be read') ? 'damaged' : 'resumed']++
          press('Forget my answers')
        }
        return counts
      }, { key, texts: hostile.flatMap((text, i) => [text, whole(text, hostile[i + 1])]) })
      deepEqual(counts, { resumed: hostile.length, damaged: hostile.length })
      const faults = await harm(page), address = page.url()
      for (let i = 0; i < hostile.length; i += 20) {
        const sound = i % 40 === 0, again = i % 80 < 40
        await page.evaluate(({ key, text }) => localStorage.setItem(key, text), { key, text: sound ? whole(hostile[i], hostile[i + 1]) : hostile[i] })
        // A page that is loaded again goes on with the answers; who comes later, is asked.
        if (again) await page.reload({ waitUntil: 'domcontentloaded' })
        else {
          faults.push(...await harm(page))
          await page.goto('about:blank')
          await page.goto(address, { waitUntil: 'domcontentloaded' })
        }
        if (!sound || !again) {
          await page.waitForFunction(() => document.querySelector('[data-slot=notice]').textContent !== '')
          await page.evaluate(() => document.querySelector('[data-slot=notice] button').click())
        }
        // What goes on from the answers is loaded only now: whoever leaves earlier aborts that.
        if (sound) await page.waitForFunction(() => document.querySelector('#need-users input:checked'))
        faults.push(...await harm(page))
      }
      none(faults)
      await page.context().close()
    })

    test('through a note', async () => {
      const page = await open(folder()), key = 'cairn-answers /' + name
      const lost = await page.evaluate(async ({ strings, key }) => {
        const turn = () => new Promise((resolve) => setTimeout(resolve)), lost = []
        document.querySelectorAll('fieldset.question input')[2].click()
        const area = document.querySelector('fieldset.question textarea')
        for (const text of strings) {
          area.value = text
          area.dispatchEvent(new Event('input', { bubbles: true }))
          location.hash = location.hash === '#Result' ? 'All' : 'Result'
          await turn()
          const kept = JSON.parse(localStorage.getItem(key)).answers
          if ((kept[Object.keys(kept)[0]].note ?? '') !== area.value) lost.push(text)
        }
        return lost
      }, { strings: hostile, key })
      none(await harm(page))
      deepEqual(lost, [], 'each is kept as it was written')
      await page.context().close()
    })
  })
}

describe('ids that are names of something', () => {
  const ids = ['constructor', 'prototype', 'action', 'method', 'submit', 'reset', 'elements', 'length', 'name', 'before', 'after', 'append', 'remove', 'closest', 'contains', 'children', 'id', 'title', 'style', 'hidden', 'dataset', 'parent', 'location', 'document', 'top', 'self', 'cookie', 'forms', 'then', 'valueof', 'tostring']

  test('are ids like any other', async () => {
    const root = join(scratch, 'named')
    mkdirSync(join(root, 'assessment'), { recursive: true })
    mkdirSync(join(root, 'content'), { recursive: true })
    writeFileSync(join(root, 'config.toml'), 'title = "Named"\n')
    writeFileSync(join(root, 'content', 'index.md'), '---\ntitle: Named\n---\n\n[The questions](../assessment/named.toml)\n')
    writeFileSync(join(root, 'assessment', 'named.toml'), `id = "constructor"\nversion = 1\ntitle = "Named"\n` + ids.map((id) =>
      `[[question]]\nid = "${id}"\nkind = "choice"\ntext = "Which ${id}?"\noption = [{ id = "constructor", text = "A" }, { id = "prototype", text = "B" }, { id = "valueof", text = "C" }]\n`).join('') +
      `[[outcome]]\nid = "tostring"\ntitle = "Go"\nwhen = '${ids.map((id) => `${id} == constructor`).join(' && ')}'\n[[outcome]]\nid = "hasownproperty"\ntitle = "Stay"\n`)
    const named = await build('named', root)
    let page = await open(named.folder, 'assessment/named.html')
    await page.evaluate(() => { for (const field of document.querySelectorAll('fieldset.question')) field.querySelector('input').click() })
    await page.evaluate(() => { location.hash = 'Result' })
    await page.waitForFunction(() => document.querySelector('.verdict')?.textContent === 'Go')
    await page.getByRole('button', { name: 'Link to this result' }).click()
    await page.locator('[data-slot=take] input[readonly]').waitFor()
    const link = await page.locator('[data-slot=take] input[readonly]').inputValue()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).last().click()])
    const result = JSON.parse((await cairn('assess', 'constructor', await download.path(), '--json', '--root', root)).stdout)
    equal(result.decision.outcome, 'tostring')
    await page.reload()
    await page.waitForFunction((n) => document.querySelectorAll('.question.given').length === n, ids.length)
    equal(await page.locator('[data-slot=notice]').textContent(), '')
    await page.goto(link)
    await page.reload()
    await page.waitForFunction(() => document.body.hasAttribute('data-read-only'))
    equal(await page.locator('fieldset.question input:checked').count(), ids.length)
    none(await harm(page))
    await page.context().close()
  })
})
