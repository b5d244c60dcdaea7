// `cairn serve` with a real browser: it shows what is built, reloads when a file
// changes, puts the faults over the page, and tells pages of other origins nothing.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violations } from '../accessible.js'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { overflowing, overlapping } from '../layout.js'
import { servePages } from '../server.js'
import { preview, referenceSite } from '../sites.js'

let browser, site, shown
before(async () => {
  browser = await launch()
  site = await referenceSite()
  shown = await preview(site.root)
})
after(async () => {
  await browser?.close()
  await shown?.stop()
})

const deadline = { timeout: 15_000 }

test('what it shows is the build, but for one script tag and two words of policy', async () => {
  let pages = 0
  const faults = []
  for (const name of site.files) {
    if (name.startsWith('.')) continue // for the host, not for readers
    const answer = await fetch(`${shown.origin}/${name}`)
    if (answer.status !== 200) {
      faults.push(`${name}: status ${answer.status}`)
      continue
    }
    const built = readFileSync(join(site.folder, name))
    let sent = Buffer.from(await answer.arrayBuffer())
    if (name.endsWith('.html')) {
      pages++
      const text = sent.toString()
      const tag = /<script src="\/_cairn\/reload\.js" data-version="[0-9a-f]+" defer><\/script>/g
      const words = /; connect-src &#39;self&#39;/g
      if (text.match(tag)?.length !== 1) faults.push(`${name}: not one script tag`)
      if (text.match(words)?.length !== 1) faults.push(`${name}: not once two words of policy`)
      // The attribute is written anew, quotes and all; its value is compared.
      const policy = (html) => html.replace(/(http-equiv="Content-Security-Policy" content=")([^"]*)"/, (_, head, value) => head + value.replaceAll('&#39;', "'") + '"')
      sent = Buffer.from(policy(text.replace(tag, '').replace(words, '')))
      if (policy(built.toString()) !== sent.toString()) faults.push(`${name}: differs`)
    } else if (!built.equals(sent)) faults.push(`${name}: differs`)
  }
  none(faults)
  ok(pages === site.pages.length && pages > 20, `${pages} pages were compared`)
})

describe('while its author writes', () => {
  const guide = () => join(site.root, 'content', 'guides', 'thresholds.md')
  let context, page, original
  before(async () => {
    original = readFileSync(guide(), 'utf8')
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await openWatched(context, shown.origin + '/')
    await page.goto(shown.origin + '/guides/thresholds.html')
  })
  after(() => context?.close())

  test('a change is on the page without a hand on it, in every tab', async () => {
    const other = await openWatched(context, shown.origin + '/')
    await other.goto(shown.origin + '/guides/thresholds.html')
    writeFileSync(guide(), original + '\n\nA line that was written just now.\n')
    for (const tab of [page, other]) await tab.getByText('A line that was written just now.').waitFor(deadline)
    // a stream that the reload cuts off is no fault
    none([...page.faults, ...other.faults].filter((fault) => !fault.includes('/_cairn/events net::ERR_ABORTED')))
    await other.close()
  })

  test('the list of faults stands over the page, is read easily and goes when they are mended', async () => {
    writeFileSync(guide(), original + '\n\nSee [the steps](golden-pahts.md).\n')
    const list = page.locator('section.faults')
    await list.waitFor(deadline)
    const text = await list.innerText()
    match(text, /1 error/)
    match(text, /content\/guides\/thresholds\.md:\d+:\d+/)
    match(text, /golden-pahts\.md/)
    match(text, /did you mean .*golden-paths\.md/i)
    match(text, /\^/)
    const look = (element) => {
      const box = element.getBoundingClientRect()
      const alert = element.querySelector('.alert')
      const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      return {
        inView: box.top === 0 && box.height > 100 && box.height < innerHeight / 2,
        uncovered: element.contains(middle),
        ruled: parseFloat(getComputedStyle(alert).borderInlineStartWidth) >= 2,
        mono: /mono/i.test(getComputedStyle(element.querySelector('pre')).fontFamily),
        large: [...element.querySelectorAll('*')].every((each) => parseFloat(getComputedStyle(each).fontSize) >= 12),
      }
    }
    const wanted = { inView: true, uncovered: true, ruled: true, mono: true, large: true }
    deepEqual(await list.evaluate(look), wanted)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    deepEqual(await list.evaluate(look), wanted, 'wherever the author reads')
    await page.evaluate(() => scrollTo(0, 0))
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        none(await violations(page))
      }
      none([...await page.evaluate(overflowing), ...await page.evaluate(overlapping)])
    }

    writeFileSync(guide(), original)
    await list.waitFor({ state: 'detached', ...deadline })
    none(page.faults.filter((fault) => !fault.includes('/_cairn/events net::ERR_ABORTED')))
  })
})

describe('a page of another origin', () => {
  const style = () => '/' + site.files.find((name) => name.endsWith('.css'))
  const script = () => '/' + site.files.find((name) => name.endsWith('.js'))
  const page = () => '/index.html'

  // Each runs in a page and returns what it learned. The preview's own page learns
  // something by each, or the attempt would prove nothing.
  const attempts = {
    'fetch': [page, (address) => fetch(address).then((answer) => answer.text(), () => 'refused')],
    'fetch without CORS': [page, (address) => fetch(address, { mode: 'no-cors' }).then((answer) => answer.text().then((text) => text || 'refused'), () => 'refused')],
    'a script': [script, (address) => new Promise((resolve) => {
      // The policy of the preview's own pages takes no address for a script from a
      // string, but theirs has one already.
      if (performance.getEntriesByName(address).length > 0) resolve('loaded')
      const element = document.createElement('script')
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      if (location.origin !== new URL(address).origin) element.src = address
      document.head.append(element)
    })],
    'a style': [style, (address) => new Promise((resolve) => {
      const element = document.createElement('link')
      element.rel = 'stylesheet'
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      element.href = address
      document.head.append(element)
    })],
    'an EventSource': [() => '/_cairn/events', (address) => new Promise((resolve) => {
      const stream = new EventSource(address)
      stream.onopen = () => {
        stream.close()
        resolve('open')
      }
      stream.onerror = () => resolve(stream.readyState === EventSource.CLOSED ? 'refused' : 'tries again')
    })],
  }
  let stranger, context
  before(async () => {
    stranger = await servePages({ '/': '<!doctype html><meta charset="utf-8"><title>another origin</title><p>hello' })
    context = await browser.newContext()
  })
  after(() => stranger?.close())

  for (const [how, [path, attempt]] of Object.entries(attempts)) {
    test(`gets nothing by ${how}`, async () => {
      const own = await context.newPage()
      await own.goto(shown.origin + '/index.html')
      notEqual(await own.evaluate(attempt, shown.origin + path()), 'refused')
      await own.close()
      const other = await context.newPage()
      // another port, and the same port under another name, are other origins
      for (const address of [stranger.address, stranger.address.replace('127.0.0.1', 'localhost')]) {
        await other.goto(address)
        equal(await other.evaluate(attempt, shown.origin + path()), 'refused')
      }
      await other.close()
    })
  }

  test('gets nothing by an image, however its file is called', async () => {
    const other = await context.newPage()
    await other.goto(stranger.address)
    const statuses = []
    other.on('response', (response) => { if (response.url().startsWith(shown.origin)) statuses.push(response.status()) })
    const load = (address) => new Promise((resolve) => {
      const image = new Image()
      image.onload = () => resolve('loaded')
      image.onerror = () => resolve('refused')
      image.src = address
    })
    for (const path of ['/index.html', '/favicon.ico']) equal(await other.evaluate(load, shown.origin + path), 'refused')
    ok(statuses.every((status) => status === 403), String(statuses))
    await other.close()
  })

  test('gets an empty frame', async () => {
    const other = await context.newPage()
    await other.goto(stranger.address)
    const answer = other.waitForResponse((response) => response.url().startsWith(shown.origin))
    await other.evaluate((address) => {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
    }, shown.origin + '/index.html')
    equal((await answer).status(), 403)
    await other.close()
  })

  test('may hold a link to the preview, which opens as any other', async () => {
    const other = await context.newPage()
    await other.goto(stranger.address)
    await other.evaluate((address) => { location = address }, shown.origin + '/index.html')
    await other.locator('header .brand').waitFor(deadline)
    await other.close()
  })
})
