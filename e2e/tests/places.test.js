// One build, three places: the root of a host, a folder below it, a folder on disk.
// In each, every page loads without a fault, every address in it leads to a file of
// the site, written in full, and every anchor to an element.
import { after, before, describe, test } from 'node:test'
import { equal, ok } from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { eachPage, launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { referenceSite, referenceSiteAt, starterSite } from '../sites.js'

let browser, context
before(async () => {
  browser = await launch()
  context = await browser.newContext()
})
after(() => browser?.close())

/** Runs in the page: its ids, and every address in it, resolved as the browser does. */
function addresses() {
  const found = []
  const add = (element, address) => found.push({ address: new URL(address, document.baseURI).href, element: element.localName })
  for (const element of document.querySelectorAll('[href], [src], [srcset], [action], [data], [poster]')) {
    if (element.namespaceURI.endsWith('svg') && element.getAttribute('href')?.startsWith('#')) continue
    for (const name of ['href', 'src', 'action', 'data', 'poster']) {
      if (element.hasAttribute(name)) add(element, element.getAttribute(name))
    }
    for (const candidate of (element.getAttribute('srcset') ?? '').split(',')) {
      if (candidate.trim()) add(element, candidate.trim().split(/\s+/)[0])
    }
  }
  return { found, kind: document.body.dataset.page, ids: [...document.querySelectorAll('[id]')].map((element) => element.id) }
}

// An assessment's page has views, which its script shows; without it they are the page.
const views = ['Short', 'All', 'Result']

/** Visits the pages at a place and returns what does not hold there. */
async function visitAll(site, home, names) {
  const files = new Set(site.files)
  const seen = new Map()
  const faults = await eachPage(site, home, context, async (page, name) => {
    seen.set(name, await page.evaluate(addresses))
  }, names)
  for (const [name, { found }] of seen) {
    for (const { address, element } of found) {
      const at = `${site.name} ${name}: <${element}> leads to ${address}`
      if (!address.startsWith(home)) {
        const outside = element === 'a' && /^(https?:\/\/(?!127\.|localhost)|mailto:)/.test(address)
        if (!outside && !address.startsWith('data:image/')) faults.push(`${at}, outside the site`)
        continue
      }
      const [path, fragment] = address.slice(home.length).split('#')
      const target = decodeURIComponent(path)
      if (!files.has(target)) faults.push(`${at}, and no file is there`)
      else if (seen.get(target)?.kind === 'assessment' && views.includes(fragment)) continue
      else if (fragment && seen.has(target) && !seen.get(target).ids.includes(decodeURIComponent(fragment))) faults.push(`${at}, and no element has that id`)
    }
  }
  return { faults, seen }
}

for (const make of [referenceSite, starterSite]) {
  describe(make.name, () => {
    let site, pages
    before(async () => {
      site = await make()
      pages = site.pages.filter((name) => name !== '404.html') // it alone is not relative
    })

    for (const prefix of ['/', '/x/y/']) {
      test(`served at ${prefix}`, async () => {
        const server = await serveFolder(site.folder, prefix)
        try {
          const { faults, seen } = await visitAll(site, server.address, prefix === '/' ? site.pages : pages)
          none(faults)
          equal(seen.size, prefix === '/' ? site.pages.length : pages.length)
        } finally {
          server.close()
        }
      })
    }

    test('opened from disk', async () => {
      const { faults } = await visitAll(site, pathToFileURL(site.folder).href + '/', pages)
      none(faults)
    })

    test('every page can be reached from the first', async () => {
      const server = await serveFolder(site.folder)
      try {
        const { seen } = await visitAll(site, server.address)
        const reached = new Set(['index.html'])
        for (const name of reached) {
          for (const { address } of seen.get(name)?.found ?? []) {
            if (address.startsWith(server.address)) reached.add(decodeURIComponent(address.slice(server.address.length).split('#')[0]))
          }
        }
        none(pages.filter((name) => !reached.has(name)).map((name) => `${site.name} ${name}: no way leads there`))
      } finally {
        server.close()
      }
    })
  })
}

test('with a base-url, 404.html finds its style and its links at any depth', async () => {
  const site = await referenceSiteAt('https://docs.example.org/x/y/')
  const server = await serveFolder(site.folder, '/x/y/')
  const page = await openWatched(context, server.address)
  try {
    const answer = await page.goto(server.address + 'guides/that/never/was.html')
    equal(answer.status(), 404)
    none(page.faults.filter((fault) => !fault.includes('404') || !fault.includes('was.html') && !fault.includes('Failed to load resource')))
    const { found } = await page.evaluate(addresses)
    ok(found.length > 3)
    none(found.map(({ address }) => address).filter((address) => address.startsWith('http://127.') && !(address.startsWith(server.address) && site.files.includes(address.slice(server.address.length).split('#')[0])) && !address.includes('#main')))
  } finally {
    await page.close()
    server.close()
  }
})
