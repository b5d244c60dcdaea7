// Each page of both sites, and of one with every construct: is it accessible, is it
// quiet, does it fit, does nothing lie upon anything else. What differs by palette is
// colour, which is computed for every pair (themes/colours_test.go), and by width what
// a template does; so one page of each template is looked at in both of each.
import { after, before, describe, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { violations } from '../accessible.js'
import { eachPage, launch, widen } from '../browser.js'
import { none } from '../faults.js'
import { clipped, overflowing, overlapping } from '../layout.js'
import { serveFolder } from '../server.js'
import { constructsSite, referenceSite, starterSite } from '../sites.js'

const looks = [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]

/** Of each kind of page, which is each template, the page with the most in it. */
function longestOfEachKind(site) {
  const longest = new Map()
  for (const name of site.pages) {
    const text = readFileSync(join(site.folder, name), 'utf8'), kind = text.match(/<body data-page="([^"]+)"/)[1]
    if (text.length > (longest.get(kind)?.length ?? 0)) longest.set(kind, { name, length: text.length })
  }
  return [...longest.values()].map(({ name }) => name)
}

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

for (const [name, make] of [['the reference site', referenceSite], ['the starter', starterSite], ['every construct', constructsSite]]) {
  describe(name, () => {
    let site, server, context
    before(async () => {
      site = await make()
      server = await serveFolder(site.folder)
      context = await browser.newContext()
    })
    after(async () => {
      await context?.close()
      server?.close()
    })

    test('has no violation of WCAG 2.2 AA or of best practice, and no fault in the console or on the wire', async () => {
      const whole = new Set(name === 'every construct' ? site.pages : longestOfEachKind(site))
      const faults = await eachPage(site, server.address, context, async (page, name) => {
        const found = []
        for (const [width, colorScheme] of whole.has(name) ? looks : looks.slice(0, 1)) {
          await widen(page, width)
          await page.emulateMedia({ colorScheme })
          found.push(...(await violations(page)).map((violation) => `at ${width}, ${colorScheme}: ${violation}`))
        }
        return found
      })
      none(faults)
    })

    test('no link of the footer is torn across its columns', async () => {
      const page = await context.newPage(), torn = []
      await page.goto(server.address + 'index.html')
      for (const width of [320, 360, 400, 760, 1280]) {
        await widen(page, width)
        torn.push(...await page.locator('.site-footer li').evaluateAll((list, width) => list.filter((item) => new Set([...item.querySelector('a').getClientRects()].map(({ left }) => Math.round(left))).size > 1)
          .map((item) => `at ${width}: ${item.textContent}`), width))
      }
      none(torn)
      await page.close()
    })

    test('fits its window at every width, and nothing overlaps', async () => {
      const faults = await eachPage(site, server.address, context, async (page) => {
        const found = []
        for (const width of [320, 360, 735, 760, 1000, 1151, 1152, 1280, 1920]) {
          await widen(page, width)
          for (const check of [overflowing, overlapping, clipped]) {
            found.push(...(await page.evaluate(check)).map((fault) => `at ${width}: ${fault}`))
          }
        }
        return found
      })
      none(faults)
    })
  })
}
