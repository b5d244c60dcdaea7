// The page that shows every block: tabs by keyboard, together and from the address; code
// that is copied and scrolled; images for both palettes; and all of it without script.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { launch, openAlone, widen } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { referenceSite } from '../sites.js'

let browser, site, server
before(async () => {
  browser = await launch()
  site = await referenceSite()
  server = await serveFolder(site.folder)
})
after(async () => {
  await browser?.close()
  server?.close()
})

const open = (fragment = '', options) => openAlone(browser, server, 'kit/blocks.html' + fragment, { permissions: ['clipboard-read', 'clipboard-write'], ...options })

const close = async (page) => {
  none(page.faults)
  await page.context().close()
}

const chosen = (page) => page.locator('[role=tab][aria-selected=true]').allTextContents()
const panels = (page) => page.locator('.tab').evaluateAll((all) => all.filter((panel) => panel.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).map((panel) => panel.querySelector('.tab-title').textContent))

describe('tabs', () => {
  test('one stop of the keyboard, arrows within; those of a group choose together, and the address says what', async () => {
    const page = await open()
    deepEqual(await chosen(page), ['Linux', 'macOS'])
    deepEqual(await panels(page), ['Linux', 'macOS'])
    const [first] = await page.locator('[role=tab]').all()
    await first.focus()
    const top = () => page.evaluate(() => document.activeElement.getBoundingClientRect().top)
    const before = await top()
    await page.keyboard.press('ArrowRight')
    deepEqual(await chosen(page), ['macOS', 'macOS'])
    deepEqual(await panels(page), ['macOS', 'macOS'])
    equal(await page.evaluate(() => document.activeElement.textContent), 'macOS')
    ok(Math.abs(await top() - before) <= 1, 'the tab moved on the screen')
    equal(new URL(page.url()).hash, '#~tabs=system%3DmacOS')
    await page.keyboard.press('ArrowRight')
    deepEqual(await chosen(page), ['Linux', 'Linux'])
    await page.keyboard.press('End')
    deepEqual(await chosen(page), ['macOS', 'macOS'])
    await page.keyboard.press('Home')
    deepEqual(await chosen(page), ['Linux', 'Linux'])
    await page.keyboard.press('Tab')
    match(await page.evaluate(() => document.activeElement.getAttribute('role')), /tabpanel/)
    await close(page)
  })

  test('a link that was sent opens the tab it names', async () => {
    const page = await open('#tabs~tabs=system%3DmacOS')
    deepEqual(await chosen(page), ['macOS', 'macOS'])
    ok(await page.locator('#tabs').evaluate((heading) => Math.abs(heading.getBoundingClientRect().top) < window.innerHeight), 'the heading is on the screen')
    await close(page)
  })

  test('what a panel holds that is not shown is found by the browser, and shown', async () => {
    const page = await open()
    await page.locator('.tab[hidden]').first().evaluate((panel) => panel.dispatchEvent(new Event('beforematch')))
    deepEqual(await chosen(page), ['macOS', 'macOS'])
    await close(page)
  })

  test('without script, and on paper, the panels stand one after another under their titles', async () => {
    for (const options of [{ javaScriptEnabled: false }, { javaScriptEnabled: true }]) {
      const page = await open('', options)
      if (options.javaScriptEnabled) await page.emulateMedia({ media: 'print' })
      deepEqual(await panels(page), ['Linux', 'macOS', 'macOS', 'Linux'])
      for (const title of await page.locator('.tab-title').all()) ok(await title.isVisible())
      equal(await page.locator('[role=tab]:visible').count(), 0)
      await close(page)
    }
  })
})

describe('code', () => {
  const figure = (page) => page.locator('figure.code').filter({ has: page.locator('del') }).first()

  test('copying leaves out the lines that were removed, and the numbers', async () => {
    const page = await open()
    await figure(page).locator('button').click()
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes('Questions are welcome')))
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    match(copied, /^title = "Decisions"\nlanguage = "en-GB"\n\nfooter = "Made by the platform team. Questions are welcome."\nbase-url = "https:\/\/decisions.example.org\/" #/)
    await close(page)
  })

  test('a block is a stop of the keyboard where it is wider than its place, and only there', async () => {
    const page = await open()
    const stops = () => page.locator('figure.code pre').evaluateAll((all) => all.filter((pre) => pre.checkVisibility({ contentVisibilityAuto: true })).map((pre) => [pre.tabIndex === 0, pre.scrollWidth > pre.clientWidth]))
    for (const width of [1280, 360, 1280]) {
      await widen(page, width)
      const all = await stops()
      ok(all.some(([stop]) => stop) && (width === 360 || all.some(([stop]) => !stop)), `${width}: ${JSON.stringify(all)}`)
      deepEqual(all.filter(([stop, scrolls]) => stop !== scrolls), [], `at ${width} pixels`)
    }
    await close(page)
  })

  test('added and removed lines have a sign, for eyes and for ears', async () => {
    const page = await open()
    const sign = (name) => figure(page).locator(name).first().evaluate((line) => getComputedStyle(line, '::before').content)
    equal(await sign('ins'), '"+" / "added"')
    equal(await sign('del'), '"−" / "removed"')
    await close(page)
  })
})

test('an image keeps its place before it is there, and of a pair the one of the palette is shown', async () => {
  for (const [scheme, choice, shown] of [['light', '', 'stack-'], ['dark', '', 'stack-dark-'], ['light', 'theme-dark', 'stack-dark-'], ['dark', 'theme-light', 'stack-']]) {
    const page = await open('', { colorScheme: scheme })
    if (choice) await page.locator('#' + choice).check()
    const visible = await page.locator('figure.picture img').evaluateAll((all) => all.filter((image) => image.checkVisibility()).map((image) => image.getAttribute('src')))
    equal(visible.length, 1)
    match(visible[0], new RegExp(`/${shown}[0-9a-f]{16}\\.svg$`))
    for (const image of await page.locator('main img').all()) {
      const [width, height] = await Promise.all(['width', 'height'].map((name) => image.getAttribute(name)))
      ok(width > 0 && height > 0, await image.getAttribute('src'))
    }
    await close(page)
  }
})
