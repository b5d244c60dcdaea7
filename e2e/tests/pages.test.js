// Each page of both sites, and a page with every construct, at a phone's width and a desk's, light and dark: is it
// accessible, is it quiet, does it fit, does nothing lie upon anything else.
import { after, before, describe, test } from 'node:test'
import { violations } from '../accessible.js'
import { eachPage, launch } from '../browser.js'
import { none } from '../faults.js'
import { clipped, overflowing, overlapping } from '../layout.js'
import { serveFolder } from '../server.js'
import { constructsSite, referenceSite, starterSite } from '../sites.js'

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
      const faults = await eachPage(site, server.address, context, async (page) => {
        const found = []
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 900 })
          for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme })
            found.push(...(await violations(page)).map((violation) => `at ${width}, ${colorScheme}: ${violation}`))
          }
        }
        return found
      })
      none(faults)
    })

    test('fits its window at every width, and nothing overlaps', async () => {
      const faults = await eachPage(site, server.address, context, async (page) => {
        const found = []
        for (const width of [320, 360, 735, 760, 1000, 1151, 1152, 1280, 1920]) {
          await page.setViewportSize({ width, height: 900 })
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
