// The contents of a page follow the reading: what is read is marked, and on a wide screen
// the list comes along in the side. Nothing else moves.
import { after, before, test } from 'node:test'
import { equal } from 'node:assert/strict'
import { launch, openWatched, widen } from '../browser.js'
import { serveFolder } from '../server.js'
import { referenceSite } from '../sites.js'

let browser, server
before(async () => {
  browser = await launch()
  server = await serveFolder((await referenceSite()).folder)
})
after(async () => {
  await browser?.close()
  server?.close()
})

const marked = (page) => page.locator('.toc:not(.ghost) [aria-current]')

test('the part that is read is marked, and the list comes along', async () => {
  const page = await openWatched(await browser.newContext({ viewport: { width: 1280, height: 900 } }), server.address)
  await page.goto(server.address + 'guides/thresholds.html')
  equal(await marked(page).count(), 0)
  const heading = page.locator('#where-they-part')
  const top = () => heading.evaluate((element) => element.getBoundingClientRect().top + window.scrollY)
  const before = await top()
  await heading.evaluate((element) => element.scrollIntoView())
  await page.locator('nav.side > .toc').waitFor()
  await marked(page).filter({ hasText: 'Where they part' }).waitFor()
  equal(await marked(page).count(), 1)
  equal(await top(), before)
  equal(await page.locator('[id="page-contents"]').count(), 1)

  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight)) // a leap over all other parts
  await marked(page).filter({ hasText: 'Sources' }).waitFor()

  await widen(page, 700)
  await page.locator('article .toc:not(.ghost)').waitFor()
  await widen(page, 1280)
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.locator('article .toc:not(.ghost)').waitFor()
  equal(await page.locator('.ghost').count(), 0)
  equal(page.faults.join('\n'), '')
})

test('an entry that has the keyboard stays where it is', async () => {
  const page = await openWatched(await browser.newContext({ viewport: { width: 1280, height: 900 } }), server.address)
  await page.goto(server.address + 'guides/thresholds.html')
  await page.locator('.toc a').last().focus()
  await page.locator('#where-they-part').evaluate((element) => element.scrollIntoView())
  await marked(page).filter({ hasText: 'Where they part' }).waitFor()
  equal(await page.locator('article .toc:not(.ghost)').count(), 1)
  await page.locator('.toc a').last().evaluate((link) => link.blur())
  await page.locator('nav.side > .toc').waitFor()
  equal(page.faults.join('\n'), '')
})

test('a page without a section has room in its side, too', async () => {
  const page = await openWatched(await browser.newContext({ viewport: { width: 1280, height: 900 } }), server.address)
  await page.goto(server.address + 'glossary.html')
  await page.locator('#figures').evaluate((element) => element.scrollIntoView())
  await page.locator('.side > .toc').waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.locator('article .toc:not(.ghost)').waitFor()
  equal(await page.locator('.side').count(), await page.locator('.site-header .side, .site-footer .side').count())
  equal(page.faults.join('\n'), '')
})
