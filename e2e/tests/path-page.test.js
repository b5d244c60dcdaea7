// The page of a golden path: it follows what is typed, says what is wrong at its field,
// gives the files that the command gives, and keeps secrets to itself.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { violations } from '../accessible.js'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { build, cairn, referenceSite, scratch } from '../sites.js'

let browser, site, own, server, ownServer
before(async () => {
  browser = await launch()
  site = await referenceSite()
  own = await secretSite()
  server = await serveFolder(site.folder)
  ownServer = await serveFolder(own.folder, '/below/')
})
after(async () => {
  await browser?.close()
  server?.close()
  ownServer?.close()
})

/** A path with a secret and one of every type. */
async function secretSite() {
  const root = join(scratch, 'secret')
  mkdirSync(join(root, 'content'), { recursive: true })
  writeFileSync(join(root, 'config.toml'), 'title = "Acme"\ndescription = "A site."\n')
  writeFileSync(join(root, 'content', 'index.md'), '---\ntitle: Home\n---\n\n[A path](service.md)\n')
  writeFileSync(join(root, 'content', 'service.md'), readFileSync(join(import.meta.dirname, '..', 'constructs', 'content', 'service.md')))
  return build('secret', root)
}

async function open(home, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options })
  const page = await openWatched(context, home)
  await page.goto(home + name)
  return page
}

/** The files of an archive, read from its central directory. */
function unpacked(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1'), files = {}
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [method, size, nameLength, extra, comment, head] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28), data = bytes.subarray(from, from + size)
    files[name] = (method === 0 ? data : inflateRawSync(data)).toString('utf8')
    at += 46 + nameLength + extra + comment
  }
  return files
}

function folderFiles(folder, below = '') {
  return Object.assign({}, ...readdirSync(folder, { withFileTypes: true }).map((entry) => entry.isDirectory()
    ? folderFiles(join(folder, entry.name), `${below}${entry.name}/`) : { [below + entry.name]: readFileSync(join(folder, entry.name), 'utf8') }))
}

async function download(page) {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('.take .button:not(.quiet)').click()])
  return { name: saved.suggestedFilename(), files: unpacked(readFileSync(await saved.path())) }
}

const code = (page, file) => page.locator('figure[data-block]', { has: page.locator('figcaption', { hasText: file }) }).locator('pre').allTextContents()

describe('the page of a golden path', () => {
  test('follows the form, and gives the files of the command', async () => {
    const page = await open(server.address, 'paths/service-level-objective.html')
    equal(await page.locator('mark.changed').count(), 0)
    await page.fill('#value-name', 'checkout-api')
    await page.fill('#value-promise', `Users can "pay": it's # fun $(x)`)
    await page.fill('#value-objective', '99.9')
    ok((await code(page, 'slo/rules.yaml')).join('').includes(`promise: "Users can \\"pay\\": it's # fun $(x)"`))
    ok((await code(page, 'slo/rules.yaml')).join('').includes('slo:errors:ratio_rate1h{service="checkout-api"} > 0.0144'))
    ok(await page.locator('mark.changed').count() > 20)
    const { name, files } = await download(page)
    equal(name, 'checkout-api.zip')
    // The command that the page names writes the same.
    const command = await page.locator('#files-command').textContent()
    const words = [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted?.replaceAll(`'\\''`, `'`) ?? plain)
    const out = join(scratch, 'same')
    deepEqual(words.slice(0, 3), ['cairn', 'path', 'service-level-objective'])
    await cairn(...words.slice(1, -1), out, '--from', site.folder)
    deepEqual(files, Object.fromEntries(Object.entries(folderFiles(out)).map(([name, text]) => ['checkout-api/' + name, text])))
    none(page.faults)
    await page.context().close()
  })

  test('a link brings the values, a wrong one says why at its field', async () => {
    const first = await open(server.address, 'paths/new-service.html')
    await first.fill('#value-name', 'checkout')
    await first.selectOption('#value-reach', 'public')
    await first.locator('#value-reach').blur()
    const link = first.url()
    ok(link.includes('#~values='), link)
    const page = await open(server.address, 'paths/new-service.html' + new URL(link).hash)
    equal(await page.inputValue('#value-name'), 'checkout')
    equal(await page.inputValue('#value-team'), 'checkout')
    ok((await code(page, 'service.yaml')).join('').includes('reach: public'))
    ok(await page.locator('figure', { hasText: 'kind: HTTPRoute' }).isVisible())
    ok(await page.locator('#files-table tbody tr', { hasText: 'deploy/route.yaml' }).isVisible())
    await page.fill('#value-name', 'Checkout API')
    const field = page.locator('#value-name')
    equal(await field.getAttribute('aria-invalid'), 'true')
    const about = (await field.getAttribute('aria-describedby')).split(' ')
    ok((await page.locator('#' + about.at(-1)).textContent()).length > 10)
    ok((await code(page, 'service.yaml')).join('').includes('name: checkout\n'), 'the files keep what they had')
    equal(await page.locator('.take .row .button').first().getAttribute('aria-disabled'), 'true')
    none(await violations(page))
    await page.fill('#value-name', 'other')
    equal(await field.getAttribute('aria-invalid'), null)
    none(page.faults)
    // What a link says is held to the same rules.
    const hostile = await open(server.address, 'paths/new-service.html#~values=' + encodeURIComponent('name=../../x&reach=<script>&unknown=1'))
    equal(await hostile.locator('#value-name').getAttribute('aria-invalid'), 'true')
    equal(await hostile.inputValue('#value-reach'), 'internal')
    none(hostile.faults)
    for (const each of [first, page, hostile]) await each.context().close()
  })

  test('what is typed is there when the page is loaded again', async () => {
    const page = await open(server.address, 'paths/new-service.html')
    await page.locator('#value-name').focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('billing')
    await page.waitForFunction(() => location.hash.includes('billing'))
    equal(await page.evaluate(() => document.activeElement.id), 'value-name', 'the field was not left')
    await page.reload()
    equal(await page.inputValue('#value-name'), 'billing')
    ok((await code(page, 'service.yaml')).join('').includes('name: billing\n'))
    none(page.faults)
    await page.context().close()
  })

  test('steps are ticked and remembered', async () => {
    const page = await open(server.address, 'paths/database.html')
    equal(await page.locator('#steps-title').textContent(), '0 of 5 done')
    await page.locator('input.tick').nth(0).check()
    await page.locator('input.tick').nth(1).check()
    await page.reload()
    equal(await page.locator('#steps-title').textContent(), '2 of 5 done')
    equal(await page.locator('#steps a[aria-current=step]').textContent(), 'Let the service in, and nobody else')
    none(page.faults)
    await page.context().close()
  })

  test('a secret is masked, and stands in no link, storage or command', async () => {
    const page = await open(ownServer.address, 'service.html')
    equal(await page.locator('#value-token-wrong').isVisible(), false, 'nobody is told off before they came')
    equal(await page.locator('.take .row .button').first().getAttribute('aria-disabled'), 'true')
    await page.fill('#value-name', 'checkout')
    await page.fill('#value-token', `it's-"hush"`)
    await page.check('#value-logs')
    await page.locator('#value-token').blur()
    await page.waitForFunction(() => location.hash.includes('checkout'))
    equal(await page.locator('#value-token').getAttribute('type'), 'password')
    const { files } = await download(page)
    equal(files['checkout/.env'], `TOKEN='it'\\''s-"hush"'\n`)
    equal(files['checkout/service.yaml'], 'name: checkout\nlogs: true\ncopies: 2\n')
    const everywhere = await page.evaluate(() => document.body.innerText + location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.documentElement.outerHTML)
    ok(!everywhere.includes('hush'), 'the secret is seen')
    ok((await code(page, '.env')).join('').includes('••••••••'))
    none(page.faults)
    await page.context().close()
  })

  test('reads right without script, from disk, and on paper', async () => {
    const page = await open(server.address, 'paths/new-service.html', { javaScriptEnabled: false })
    equal((await code(page, 'service.yaml')).join(''), 'name: orders\nteam: checkout\nreach: internal')
    ok(await page.getByText('only if reach == public').first().isVisible(), 'a conditional block says on what it depends')
    ok((await page.locator('#files-command').textContent()).startsWith('cairn path new-service --set name=orders'))
    ok(await page.locator('#values-note').getByText('cairn path').isVisible())
    equal(await page.locator('.take button').count(), 0, 'no button that would do nothing')
    await page.context().close()
    const disk = await open('file://' + site.folder + '/', 'paths/database.html')
    await disk.locator('input.tick').nth(0).check()
    await disk.fill('#value-storage', '77')
    ok((await code(disk, 'database/cluster.yaml')).join('').includes('size: 77Gi'))
    equal(await disk.evaluate(() => localStorage.length), 0, 'from disk nothing is kept')
    none(disk.faults)
    await disk.context().close()
  })
})
