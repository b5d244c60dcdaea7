// The checks themselves: a page with a known fault of each kind, which they must
// find, for a check that finds nothing anywhere looks like a page without faults.
import { after, before, test } from 'node:test'
import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { violations } from '../accessible.js'
import { launch, openWatched } from '../browser.js'
import { clipped, overflowing, overlapping } from '../layout.js'
import { servePages } from '../server.js'

const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'">`

let browser, server, tab
before(async () => {
  browser = await launch()
  server = await servePages({
    '/quiet': page('<main><h1>Quiet</h1><p>Nothing is wrong here.</p></main>'),
    '/policy': page('<p style="color: red">red</p>', policy),
    '/missing': page('<img src="none.png" alt="">'),
    '/elsewhere': page('<img src="http://127.0.0.1:9/x.png" alt="">'),
    '/error': page('<script>throw new Error("planted")</script>'),
    '/axe': page('<main><h1>x</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p><a href="#">1</a><a href="#">2</a></p><p style="color:#bbb">pale</p></main>'),
    '/wide': page('<main><div style="width: 900px">wide</div></main>'),
    '/overlap': page('<main><p>A line of text.</p><p style="margin-top: -2em">Another upon it.</p></main>'),
    '/clipped': page('<main><p style="overflow: hidden; width: 3em; white-space: nowrap">cut off somewhere</p></main>'),
  })
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  tab = await openWatched(context, server.address)
})
after(async () => {
  await browser?.close()
  server?.close()
})

async function visit(name) {
  tab.faults.length = 0
  await tab.goto(server.address + name, { waitUntil: 'networkidle' })
  return tab.faults.join('\n')
}

test('a page without faults has none', async () => {
  equal(await visit('quiet'), '')
  deepEqual(await violations(tab), [])
  for (const check of [overflowing, overlapping, clipped]) deepEqual(await tab.evaluate(check), [])
})

test('faults of the console and the wire are written down', async () => {
  match(await visit('policy'), /policy violation: style-src-attr/)
  match(await visit('missing'), /status 404: .*none\.png/)
  match(await visit('elsewhere'), /request to elsewhere: http:\/\/127\.0\.0\.1:9/)
  match(await visit('error'), /planted/)
})

test('axe runs, with its rules on contrast and on the size of targets', async () => {
  await visit('axe')
  const found = (await violations(tab)).join('\n')
  for (const rule of ['image-alt', 'color-contrast', 'target-size']) match(found, new RegExp(rule))
})

test('what is too wide, lies upon something or is cut off is found', async () => {
  await visit('wide')
  ok((await tab.evaluate(overflowing)).length > 0)
  await visit('overlap')
  match((await tab.evaluate(overlapping)).join(), /A line of text.*Another upon it/)
  await visit('clipped')
  match((await tab.evaluate(clipped)).join(), /cut off somewhere/)
})
