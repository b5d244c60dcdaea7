// `cairn serve` with a real browser: it shows what is built, reloads when a file
// changes, puts the faults over the page, and tells pages of other origins nothing.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violations } from '../accessible.js'
import { settled } from '../answers.js'
import { launch, openWatched, widen } from '../browser.js'
import { none } from '../faults.js'
import { overflowing, overlapping } from '../layout.js'
import { servePages } from '../server.js'
import { copyOfReference, preview, referenceSite, save } from '../sites.js'
import { becomes, patience } from '../waiting.js'

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

const deadline = { timeout: patience }

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
      const words = /; connect-src 'self'/g
      if (text.match(tag)?.length !== 1) faults.push(`${name}: not one script tag`)
      if (text.match(words)?.length !== 1) faults.push(`${name}: not once two words of policy`)
      sent = Buffer.from(text.replace(tag, '').replace(words, ''))
    }
    if (!built.equals(sent)) faults.push(`${name}: differs`)
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

  // Puts a mark on the page that a reload would wipe away.
  const mark = (tab) => tab.evaluate(() => { window.marked = true })
  const marked = (tab) => tab.evaluate(() => window.marked === true)

  test('a change is on the page without a hand on it, in the tenth tab too, and only where something changed', async () => {
    const tabs = []
    for (let i = 0; i < 9; i++) {
      const tab = await openWatched(context, shown.origin + '/')
      await tab.goto(shown.origin + '/guides/' + (i === 8 ? 'golden-paths.html' : 'thresholds.html'))
      tabs.push(tab)
    }
    for (const tab of [page, ...tabs]) await mark(tab)
    save(guide(), original + '\n\nA line that was written just now.\n')
    for (const tab of [page, ...tabs.slice(0, 8)]) await tab.getByText('A line that was written just now.').waitFor(deadline)
    ok(await marked(tabs[8]), 'a page that is as it was is not reloaded')

    // The one that listens goes, and the next one takes over.
    await page.close()
    save(guide(), original + '\n\nAnother line.\n')
    for (const tab of tabs.slice(0, 8)) await tab.getByText('Another line.').waitFor(deadline)
    ok(await marked(tabs[8]))
    none(tabs.flatMap((tab) => tab.faults))
    page = tabs.shift()
    await Promise.all(tabs.map((tab) => tab.close()))
    save(guide(), original)
    await page.getByText('Another line.').waitFor({ state: 'detached', ...deadline })
  })

  test('a reload keeps the place and the answers', async () => {
    const tab = await openWatched(context, shown.origin + '/')
    await tab.goto(shown.origin + '/guides/thresholds.html')
    const paragraph = () => tab.evaluate(() => {
      const all = [...document.querySelectorAll('main p')]
      return Math.round(all[all.length >> 1].getBoundingClientRect().top)
    })
    await tab.evaluate(() => {
      const all = [...document.querySelectorAll('main p')]
      scrollTo(0, all[all.length >> 1].getBoundingClientRect().top + scrollY - 300)
    })
    const before = await paragraph()
    save(guide(), original + '\n\nThe last line.\n')
    await tab.getByText('The last line.').waitFor({ state: 'attached', ...deadline })
    await tab.waitForFunction((wanted) => {
      const all = [...document.querySelectorAll('main p')]
      return Math.abs(Math.round(all[(all.length - 1) >> 1].getBoundingClientRect().top) - wanted) <= 2
    }, before, deadline)
    // and with a list of faults that comes over it
    save(guide(), original + '\n\nThe last line, [broken](gone.md).\n')
    await tab.locator('#cairn-faults').waitFor(deadline)
    await tab.waitForFunction((wanted) => {
      const all = [...document.querySelectorAll('main p')]
      return Math.abs(Math.round(all[(all.length - 1) >> 1].getBoundingClientRect().top) - wanted) <= 2
    }, before, deadline)
    save(guide(), original)
    await tab.locator('#cairn-faults').waitFor({ state: 'detached', ...deadline })
    none(tab.faults)
    await tab.close()

    const questions = join(site.root, 'assessment', 'hire-next.toml')
    const text = readFileSync(questions, 'utf8')
    const form = await openWatched(context, shown.origin + '/')
    await form.goto(shown.origin + '/assessment/hire-next.html')
    const state = () => form.evaluate(() => [...document.querySelectorAll('main :is(input, select, textarea)')]
      .map((control) => /radio|checkbox/.test(control.type) ? control.checked : control.value))
    const given = await form.evaluate(() => {
      let given = 0
      const names = new Set()
      for (const control of document.querySelectorAll('main input')) {
        if (names.has(control.name) || given === 5) continue
        names.add(control.name)
        if (control.type === 'radio' || control.type === 'checkbox') control.checked = true
        else if (control.type === 'number') control.value = control.min || '3'
        else continue
        control.dispatchEvent(new Event('input', { bubbles: true }))
        control.dispatchEvent(new Event('change', { bubbles: true }))
        given++
      }
      return given
    })
    equal(given, 5)
    await settled(form)
    const answers = await state()
    await mark(form)
    save(questions, text.replace(/^title = "/m, 'title = "New: '))
    await form.getByRole('heading', { level: 1, name: /^New: / }).waitFor(deadline)
    ok(!await marked(form))
    await form.waitForFunction((wanted) => JSON.stringify([...document.querySelectorAll('main :is(input, select, textarea)')]
      .map((control) => /radio|checkbox/.test(control.type) ? control.checked : control.value)) === JSON.stringify(wanted), answers, deadline)
      .catch(async () => deepEqual(await state(), answers))
    save(questions, text)
    await form.getByRole('heading', { level: 1, name: /^New: / }).waitFor({ state: 'detached', ...deadline })
    none(form.faults)
    await form.close()
  })

  test('the list of faults stands over the page, is read easily and goes when they are mended', async () => {
    const other = await openWatched(context, shown.origin + '/')
    await other.goto(shown.origin + '/guides/golden-paths.html')
    await mark(other)
    save(guide(), original + '\n\nSee [the steps](golden-pahts.md).\n')
    const list = page.locator('#cairn-faults')
    await list.waitFor(deadline)
    const text = await list.innerText()
    match(text, /1 error/)
    match(text, /content\/guides\/thresholds\.md:\d+:\d+/)
    match(text, /golden-pahts\.md/)
    match(text, /did you mean .*golden-paths\.md/i)
    match(text, /\^/)
    const look = (element) => {
      const box = element.getBoundingClientRect()
      const fault = element.querySelector('.error')
      const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      return {
        inView: box.top === 0 && box.height > 100 && box.height < innerHeight / 2,
        uncovered: element.contains(middle),
        ruled: parseFloat(getComputedStyle(fault).borderInlineStartWidth) >= 2,
        mono: /mono/i.test(getComputedStyle(element.querySelector('pre')).fontFamily),
        large: [...element.querySelectorAll('*')].every((each) => parseFloat(getComputedStyle(each).fontSize) >= 12),
      }
    }
    const looks = () => list.evaluate(look).then(JSON.stringify)
    const wanted = JSON.stringify({ inView: true, uncovered: true, ruled: true, mono: true, large: true })
    await becomes(looks, wanted) // when its style is there, too
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await becomes(looks, wanted) // wherever the author reads
    await page.evaluate(() => scrollTo(0, 0))
    for (const width of [360, 1280]) {
      await widen(page, width)
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        none(await violations(page))
        if (process.env.CAIRN_PICTURES) await page.screenshot({ path: join(process.env.CAIRN_PICTURES, `faults-${width}-${colorScheme}.png`) })
      }
      none([...await page.evaluate(overflowing), ...await page.evaluate(overlapping)])
    }
    // It comes to pages that are as they were, and goes from them, without a reload;
    // folded, it stays folded.
    await other.locator('#cairn-faults').waitFor(deadline)
    await other.locator('#cairn-faults > details > summary').click()
    save(guide(), original + '\n\nSee [the steps](golden-pahts.md) and [more](gone.md).\n')
    await other.getByText('2 errors').first().waitFor(deadline)
    equal(await other.locator('#cairn-faults > details').evaluate((all) => all.open), false)

    save(guide(), original)
    for (const tab of [page, other]) await tab.locator('#cairn-faults').waitFor({ state: 'detached', ...deadline })
    ok(await marked(other))
    none([...page.faults, ...other.faults])
    await other.close()
  })

  test('a draft shows, with a badge', async () => {
    save(join(site.root, 'content', 'guides', 'unfinished.md'), '---\ntitle: Unfinished\ndraft: true\n---\n\nNot for readers yet.\n')
    const address = shown.origin + '/guides/unfinished.html'
    for (const until = Date.now() + deadline.timeout; (await fetch(address)).status !== 200 && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const draft = await openWatched(context, shown.origin + '/')
    await draft.goto(address)
    match(await draft.locator('.badge').innerText(), /draft/i)
    await draft.close()
    rmSync(join(site.root, 'content', 'guides', 'unfinished.md'))
  })
})

test('a new style comes without a reload', async () => {
  const root = copyOfReference('styled')
  const config = join(root, 'config.toml')
  writeFileSync(config, 'theme = "own"\n' + readFileSync(config, 'utf8').replace(/^theme = .*$/m, ''))
  mkdirSync(join(root, 'themes', 'own'), { recursive: true })
  const style = join(root, 'themes', 'own', 'style.css')
  writeFileSync(style, 'h1 { letter-spacing: 1px; }')
  const styled = await preview(root)
  const context = await browser.newContext()
  try {
    const page = await openWatched(context, styled.origin + '/')
    await page.goto(styled.origin + '/guides/thresholds.html')
    await page.evaluate(() => { window.marked = true })
    for (const width of ['7px', '9px']) {
      save(style, `h1 { letter-spacing: ${width}; }`)
      await page.waitForFunction((wanted) => getComputedStyle(document.querySelector('h1')).letterSpacing === wanted, width, deadline)
      await page.waitForFunction(() => document.querySelectorAll('head link[rel=stylesheet]').length === 1, null, deadline)
    }
    ok(await page.evaluate(() => window.marked === true), 'it was not reloaded')
    none(page.faults)
  } finally {
    await context.close()
    await styled.stop()
  }
})

test('whoever is quicker than the first site, and whoever stays through a restart, sees it', async () => {
  const root = copyOfReference('restarted')
  const guide = join(root, 'content', 'guides', 'thresholds.md'), original = readFileSync(guide, 'utf8')
  for (let again = true; again;) {
    let shown = await preview(root, { ready: false })
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(shown.origin + '/guides/thresholds.html')
      await page.locator('header .brand').waitFor(deadline)
      const { port } = shown
      await shown.stop()
      writeFileSync(guide, original + '\n\nWritten while nobody served.\n')
      shown = await preview(root, { port })
      await page.getByText('Written while nobody served.').waitFor(deadline)
      again = false
    } catch (fault) {
      // Somebody else may have taken the port meanwhile; then there is another.
      if (!/port \d+ is in use/.test(fault.message)) throw fault
      writeFileSync(guide, original)
    } finally {
      await context.close()
      await shown.stop()
    }
  }
})

describe('a page of another origin', () => {
  const style = () => '/' + site.files.find((name) => name.endsWith('.css'))
  // one that the page itself has
  const script = () => '/' + readFileSync(join(site.folder, 'index.html'), 'utf8').match(/<script src="([^"]+)"/)[1]
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
    const load = (address) => new Promise((resolve) => {
      const image = new Image()
      image.onload = () => resolve('loaded')
      image.onerror = () => resolve('refused')
      image.src = address
    })
    const picture = await pictured()
    const own = await context.newPage()
    await own.goto(shown.origin + '/index.html')
    equal(await own.evaluate(load, shown.origin + picture), 'loaded')
    await own.close()
    for (const path of [picture, '/index.html', '/favicon.ico']) equal(await other.evaluate(load, shown.origin + path), 'refused')
    await other.close()
  })

  // A page with a picture, beside those of the reference site; the picture's address.
  async function pictured() {
    const folder = join(site.root, 'content', 'guides')
    save(join(folder, 'dot.png'), Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'))
    save(join(folder, 'pictured.md'), '---\ntitle: Pictured\n---\n\n![A dot](dot.png)\n')
    const address = shown.origin + '/guides/pictured.html'
    for (const until = Date.now() + deadline.timeout; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const source = (await (await fetch(address)).text()).match(/<img[^>]* src="([^"]+)"/)
      if (source) return new URL(source[1], address).pathname
    }
    throw new Error('the picture was not shown')
  }

  test('gets nothing by a socket', async () => {
    const other = await context.newPage()
    await other.goto(stranger.address)
    const failures = []
    other.on('websocket', (socket) => socket.on('socketerror', (error) => failures.push(error)))
    for (const path of ['/', '/_cairn/events']) {
      equal(await other.evaluate((address) => new Promise((resolve) => {
        const socket = new WebSocket(address)
        socket.onopen = socket.onmessage = () => resolve('open')
        socket.onerror = () => resolve('refused')
      }), shown.origin.replace('http:', 'ws:') + path), 'refused')
    }
    match(failures.join(), /403/)
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
