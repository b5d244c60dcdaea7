// `cairn serve` with a real browser: it shows what is built, reloads when a file
// changes, puts the faults over the page, and tells pages of other origins nothing.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, ok } from 'node:assert/strict'
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
    const look = await list.evaluate((element) => {
      const box = element.getBoundingClientRect()
      const alert = element.querySelector('.alert')
      return {
        overText: box.bottom <= document.querySelector('h1').getBoundingClientRect().top,
        inView: box.top >= 0 && box.top < innerHeight / 2,
        ruled: parseFloat(getComputedStyle(alert).borderInlineStartWidth) >= 2,
        mono: /mono/i.test(getComputedStyle(element.querySelector('pre')).fontFamily),
        large: [...element.querySelectorAll('*')].every((each) => parseFloat(getComputedStyle(each).fontSize) >= 12),
      }
    })
    deepEqual(look, { overText: true, inView: true, ruled: true, mono: true, large: true })
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
  let stranger, page
  before(async () => {
    stranger = await servePages({ '/': '<!doctype html><meta charset="utf-8"><title>another origin</title><p>hello' })
    page = await browser.newPage()
    await page.goto(stranger.address)
  })
  after(() => stranger?.close())

  /** What the page learns, and with which status the preview answered. */
  async function attempt(path, how) {
    const statuses = []
    const listen = (response) => { if (response.url().startsWith(shown.origin)) statuses.push(response.status()) }
    page.on('response', listen)
    const learned = await page.evaluate(how, shown.origin + path)
    page.off('response', listen)
    return { learned, statuses }
  }

  const style = () => '/' + site.files.find((name) => name.endsWith('.css'))
  const script = () => '/' + site.files.find((name) => name.endsWith('.js'))

  test('gets nothing by fetch', async () => {
    const { learned, statuses } = await attempt('/index.html', (address) => fetch(address).then((answer) => answer.text(), () => 'refused'))
    equal(learned, 'refused')
    deepEqual(statuses, [403])
  })

  test('gets nothing by fetch without CORS', async () => {
    const { learned, statuses } = await attempt('/index.html', (address) => fetch(address, { mode: 'no-cors' }).then((answer) => answer.type + ':' + answer.status, () => 'refused'))
    ok(learned === 'refused' || learned === 'opaque:0', learned)
    ok(statuses.every((status) => status === 403), String(statuses))
  })

  for (const [what, path, how] of [
    ['a script', script, (address) => new Promise((resolve) => {
      const element = document.createElement('script')
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      element.src = address
      document.head.append(element)
    })],
    ['a style', style, (address) => new Promise((resolve) => {
      const element = document.createElement('link')
      element.rel = 'stylesheet'
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      element.href = address
      document.head.append(element)
    })],
    ['an image', () => '/index.html', (address) => new Promise((resolve) => {
      const element = new Image()
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('refused')
      element.src = address
    })],
    ['an EventSource', () => '/_cairn/events', (address) => new Promise((resolve) => {
      const stream = new EventSource(address)
      stream.onopen = stream.onmessage = () => resolve('open')
      stream.onerror = () => resolve(stream.readyState === EventSource.CLOSED ? 'refused' : 'tries again')
    })],
    ['a frame', () => '/index.html', (address) => new Promise((resolve) => {
      const frame = document.createElement('iframe')
      frame.onload = () => {
        // what is across origins throws when it is touched; 403 is all it holds
        resolve('loaded')
      }
      frame.src = address
      document.body.append(frame)
    })],
  ]) {
    test(`gets nothing by ${what}`, async () => {
      const { learned, statuses } = await attempt(path(), how)
      if (what !== 'a frame') equal(learned, 'refused')
      ok(statuses.length > 0 || what !== 'a frame')
      ok(statuses.every((status) => status === 403), String(statuses))
    })
  }

  test('may be a link to the preview, which is opened as any other', async () => {
    const answer = await page.goto(shown.origin + '/index.html')
    equal(answer.status(), 200)
  })
})
