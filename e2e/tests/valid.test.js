// Every page is valid HTML: html-validate by its standard preset and the Nu validator
// find nothing. No rule is switched off.
import { after, before, describe, test } from 'node:test'
import { equal, match, ok } from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { constructsSite, flowSite, referenceSite, referenceSiteAt, starterSite } from '../sites.js'
import { htmlValidate, isFalseAlarm, nu } from '../valid.js'

const planted = `<!doctype html><html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'"><title>x</title>
<script type="application/json">{}</script><script>0</script>
</head><body><p id="a" id="b"><ul></ul></p></body></html>`

describe('every page is valid', () => {
  const sites = [], servers = []
  before(async () => {
    // With a base-url, pages have an address, a card and data for search engines.
    for (const make of [referenceSite, () => referenceSiteAt('https://docs.example.org/x/y/'), starterSite, constructsSite, flowSite]) {
      const site = await make()
      const server = await serveFolder(site.folder)
      sites.push({ ...site, home: server.address })
      servers.push(server)
    }
  })
  after(() => servers.forEach((server) => server.close()))

  test('by html-validate', async () => {
    const faults = []
    for (const { name, folder, pages } of sites) {
      ok(pages.length > 3)
      faults.push(...(await htmlValidate(folder, pages)).map((fault) => `${name} ${fault}`))
    }
    none(faults)
  })

  test('by the Nu validator', async () => {
    const messages = await nu(sites.flatMap(({ home, pages }) => pages.map((page) => home + page)))
    const name = (url) => sites.map(({ name, home }) => url.startsWith(home) && `${name} ${url.slice(home.length)}`).find(Boolean)
    none(messages.filter((message) => !isFalseAlarm(message)).map(({ url, lastLine, message, extract }) => `${name(url)}:${lastLine}: ${message} ${JSON.stringify(extract)}`))
    // Had it not read them, it would have said nothing either.
    ok(messages.filter(isFalseAlarm).length > 10, 'Nu has read no page with a block of data')
  })

  test('and both find what is planted', async () => {
    const { folder, home } = sites[0]
    writeFileSync(join(folder, 'planted.html'), planted)
    match((await htmlValidate(folder, ['planted.html'])).join('\n'), /planted\.html:4:\d+: no-dup-attr/)
    const messages = await nu([home + 'planted.html', home + 'not-there.html'])
    equal(messages.filter(isFalseAlarm).length, 1)
    const said = messages.filter((message) => !isFalseAlarm(message)).map(({ message }) => message).join('\n')
    for (const fault of [/Duplicate attribute/, /No “p” element in scope/, /Inline script violates/, /404/]) match(said, fault)
  })
})
