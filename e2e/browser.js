// One Chromium for each test file, and pages that write down whatever goes wrong.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { patience } from './waiting.js'

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

export const quiet = [
  '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** The host name under which tests see a site that is not on their own machine. */
export const elsewhere = 'cairn.example'

export async function launch() {
  if (!existsSync(executablePath)) {
    throw new Error(`the browser tests need Chromium, and there is none at ${executablePath}; CHROMIUM=/path/to/it names another`)
  }
  const browser = await chromium.launch({ executablePath, args: [...quiet, `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`], timeout: patience })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(patience)
    return context
  }
  return browser
}

/**
 * Opens a page whose `faults` fills with each message of the console, error,
 * violation of a policy, failed request, and request for anything outside `home`.
 * A request that ends because the page is left, or loaded anew, has not failed.
 */
export async function openWatched(context, home) {
  const page = await context.newPage()
  const faults = page.faults = []
  // The browser reports most violations on the console too, but not all.
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`error: ${error}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') faults.push(`failed request: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`status ${response.status()}: ${response.url()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith('data:')) faults.push(`request to elsewhere: ${request.url()}`)
  })
  return page
}

/** Makes the window so wide; resolves when the page has been drawn so, and its script has been told. */
export async function widen(page, width, height = 900) {
  await page.setViewportSize({ width, height })
  await drawn(page)
}

/** Resolves when the page has been drawn as it is, and its script has been told of the sizes. */
export const drawn = (page) => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))

/** A page of the server in a context of its own, at a desk's width unless the options say otherwise. */
export async function openAlone(browser, server, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await openWatched(context, server.address)
  await page.goto(server.address + name)
  return page
}

/** Calls `visit` for each page of the site, two at a time, with the page of the browser and its name. */
export async function eachPage(site, home, context, visit, names = site.pages) {
  const waiting = [...names]
  const faults = []
  const worker = async () => {
    const page = await openWatched(context, home)
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      page.faults.length = 0
      await page.goto(home + name)
      faults.push(...(await visit(page, name) ?? []).map((fault) => `${site.name} ${name}: ${fault}`))
      faults.push(...page.faults.map((fault) => `${site.name} ${name}: ${fault}`))
    }
    await page.close()
  }
  await Promise.all([worker(), worker()])
  return faults.sort()
}
