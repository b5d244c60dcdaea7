// The search page: over plain HTTP, below a path, from disk and in the preview, under
// the policy of every page but for one named policy; by keyboard alone.
import { after, before, describe, test } from 'node:test'
import { equal, match, ok } from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { violations } from '../accessible.js'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { build, copyOfReference, preview, referenceSite } from '../sites.js'

let browser, context, site
before(async () => {
  browser = await launch()
  context = await browser.newContext()
  site = await referenceSite()
})
after(() => browser?.close())

const results = (page) => page.locator('#search-results > li')

async function searches(home) {
  const page = await openWatched(context, home.startsWith('file:') ? 'file:' : new URL('/', home).href)
  // The key / leads there from any page, and the field has the focus.
  await page.goto(home + 'guides/index.html')
  await page.keyboard.press('/')
  await page.waitForURL(/search\.html$/)
  await page.keyboard.insertText('error bud') // in one go: letter by letter, results come and go
  await results(page).first().waitFor()
  match(await results(page).nth(0).innerText(), /error budgets/i)
  ok(await page.locator('#search-results mark').count() > 2, 'no word is marked')
  match(page.url(), /#~q=error%20bud$/)
  match(await page.locator('#search-status').innerText(), /^\d+ pages$/)
  // Down into the results, on, back, and back to the field.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  equal(await page.evaluate(() => [...document.querySelectorAll('#search-results a')].indexOf(document.activeElement)), 1)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Escape')
  equal(await page.evaluate(() => document.activeElement.id), 'q')
  // Questions, advice and rows of tables are found, and lead to their place.
  await page.locator('#q').fill('seldom release rehearse go back')
  await page.waitForFunction(() => document.getElementById('search-results').textContent.includes('How mature'))
  await page.locator('#q').fill('north america pay')
  await page.waitForFunction(() => document.querySelector('#search-results a[href*="tables/"]'))
  // Filters, and more than ten.
  await page.locator('#q').fill('platform')
  await page.waitForFunction(() => document.querySelectorAll('#search-results > li').length === 10)
  await page.locator('#search-more').click()
  await page.waitForFunction(() => document.querySelectorAll('#search-results > li').length > 10)
  equal(await page.evaluate(() => [...document.querySelectorAll('#search-results a')].indexOf(document.activeElement)), 10)
  await page.locator('select[name=kind]').selectOption('Table')
  await page.waitForFunction(() => [...document.querySelectorAll('#search-results .hint')].every((hint) => hint.textContent.startsWith('Table')))
  // A search that was sent opens as it was; the way back finds it again.
  const address = page.url()
  await results(page).first().locator('a').click()
  await page.waitForURL(/tables\//)
  await page.goBack()
  await page.waitForFunction(() => document.querySelector('#search-results > li'))
  equal(page.url(), address)
  equal(await page.locator('select[name=kind]').inputValue(), 'Table')
  // Nothing is found, and it says so.
  await page.locator('#q').fill('xylophone')
  await page.waitForFunction(() => document.getElementById('search-status').textContent.includes('xylophone'))
  await page.close()
  none(page.faults)
}

describe('search', () => {
  test('at the root of a host', async () => {
    const server = await serveFolder(site.folder)
    try { await searches(server.address) } finally { server.close() }
  })

  test('below a path', async () => {
    const server = await serveFolder(site.folder, '/x/y/')
    try { await searches(server.address) } finally { server.close() }
  })

  test('from disk', () => searches(pathToFileURL(site.folder).href + '/'))

  test('in the preview', async () => {
    const server = await preview(copyOfReference('previewed'))
    try { await searches(server.origin + '/') } finally { await server.stop() }
  })

  test('has no fault that axe finds, with and without results', async () => {
    const server = await serveFolder(site.folder)
    try {
      const page = await openWatched(context, server.address)
      await page.goto(server.address + 'search.html')
      const faults = await violations(page)
      await page.locator('#q').fill('platform')
      await results(page).first().waitFor()
      none([...faults, ...await violations(page)])
      await page.close()
    } finally { server.close() }
  })

  test('without script it shows the parts of the site', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const page = await plain.newPage()
    await page.goto(pathToFileURL(join(site.folder, 'search.html')).href)
    ok(await page.locator('main a').count() > 3)
    ok(!await page.locator('#q').isVisible())
    await plain.close()
  })

  test('a page from before a publish, and a file that is missing, are told', async () => {
    const root = copyOfReference('published-anew')
    const old = await build('published-anew', root)
    const server = await serveFolder(old.folder)
    try {
      const page = await context.newPage()
      await page.goto(server.address + 'search.html')
      await page.waitForFunction(() => window.cairnSearch)
      writeFileSync(join(root, 'content/guides/another.md'), '---\ntitle: Another\n---\n\nOne more page.\n')
      await build('published-anew', root)
      await page.locator('#q').fill('golden path')
      await page.waitForFunction(() => document.getElementById('search-status').textContent.includes('updated'))
      rmSync(join(old.folder, 'search'), { recursive: true })
      await page.reload()
      await page.locator('#q').fill('golden path')
      await page.waitForFunction(() => document.getElementById('search-status').textContent.includes('cannot be loaded'))
      await page.close()
    } finally { server.close() }
  })
})
