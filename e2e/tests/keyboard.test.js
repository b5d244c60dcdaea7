// The site without a mouse: the skip link, the order of Tab, a focus that is seen,
// and the choice of light or dark, which holds from page to page.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { drawn, launch, openAlone } from '../browser.js'
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

const open = (name, options) => openAlone(browser, server, name, options)

const some = ['index.html', 'guides/index.html', 'guides/thresholds.html', 'tables/comparison.html', 'assessment/maturity.html', 'sources.html', '404.html']

describe('on every kind of page', () => {
  for (const name of some) {
    test(`${name}: the first Tab shows a link that skips to the text`, async () => {
      const page = await open(name)
      await page.keyboard.press('Tab')
      const skip = await page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect()
        return { text: document.activeElement.textContent, seen: box.top >= 0 && box.left >= 0 && box.width > 50 }
      })
      deepEqual(skip, { text: 'Skip to the text', seen: true })
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      ok(await page.evaluate(() => document.activeElement.closest('main')), 'the next Tab goes to something in the text')
      none(page.faults)
      await page.context().close()
    })

    test(`${name}: Tab passes everything once, in the order of the text, and shows where it is`, async () => {
      const page = await open(name)
      // What would change a result is worked out while the browser is idle.
      await page.waitForFunction(() => !document.querySelector('[aria-busy]'))
      await drawn(page) // and which blocks scroll, when they have been drawn
      const wanted = await page.evaluate(() => {
        const groups = new Set()
        const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((element) => {
          if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) return false
          if (element.type !== 'radio') return true
          // A group of radio buttons is one stop: what is chosen, or else the first.
          const chosen = [...document.getElementsByName(element.name)].find((input) => input.checked)
          if (groups.has(element.name) || (chosen && chosen !== element)) return false
          return groups.add(element.name)
        })
        stops.forEach((element, i) => { element.dataset.stop = i })
        return stops.length
      })
      const faults = []
      for (let i = 0; i < wanted; i++) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          const element = document.activeElement
          const box = element.getBoundingClientRect()
          return {
            stop: Number(element.dataset.stop ?? -1),
            text: (element.textContent || element.name || '').trim().slice(0, 40),
            ringed: getComputedStyle(element).outlineStyle !== 'none',
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          }
        })
        if (at.stop !== i) faults.push(`stop ${i} is “${at.text}”, number ${at.stop} in the text`)
        if (!at.ringed) faults.push(`no ring around “${at.text}”`)
        if (!at.seen) faults.push(`“${at.text}” has the focus and is out of sight`)
        if (faults.length > 5) break
      }
      none(faults)
      await page.context().close()
    })
  }
})

describe('the choice of light or dark', () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

  test('is made by keyboard and holds over pages, visits and the setting of the system', async () => {
    const page = await open('index.html', { colorScheme: 'light' })
    const light = await paper(page)
    await page.locator('#theme-system').focus()
    await page.keyboard.press('ArrowDown')
    equal(await paper(page), light, 'light is what it was')
    await page.keyboard.press('ArrowDown')
    ok(await page.locator('#theme-dark').isChecked())
    const dark = await paper(page)
    notEqual(dark, light)

    await page.goto(server.address + 'guides/thresholds.html')
    equal(await paper(page), dark, 'the next page is dark')
    ok(await page.locator('#theme-dark').isChecked())
    await page.reload()
    equal(await paper(page), dark, 'and so it is when it is loaded again')

    await page.locator('#theme-dark').focus()
    await page.keyboard.press('ArrowUp')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(server.address + 'index.html')
    equal(await paper(page), light, 'light stays where the system is dark')

    await page.locator('#theme-light').focus()
    await page.keyboard.press('ArrowUp')
    equal(await paper(page), dark, 'as the system')
    equal(await page.evaluate(() => localStorage.length), 0, 'and nothing is kept')
    none(page.faults)
    await page.context().close()
  })

  test('works without script, as long as the page is open', async () => {
    const page = await open('index.html', { colorScheme: 'light', javaScriptEnabled: false })
    const light = await paper(page)
    await page.locator('#theme-system').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    notEqual(await paper(page), light)
    await page.context().close()
  })
})
