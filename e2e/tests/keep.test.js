// What becomes of answers: kept in the browser and nowhere else, shared by link, saved and
// opened as files, compared; and whatever cannot be kept, or might be lost, is said.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { violations } from '../accessible.js'
import { chances } from '../answers.js'
import { elsewhere, launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { build, cairn, referenceSite, scratch, starterSite } from '../sites.js'

const name = 'assessment/readiness.html'
let browser, site, server, home
const hosts = []
/** The reference site, built once. */
let built
const theReference = () => built ??= referenceSite()

async function hostOf(folder, prefix) {
  hosts.push(await serveFolder(folder, prefix))
  return hosts.at(-1)
}
before(async () => {
  browser = await launch()
  site = await starterSite()
  server = await serveFolder(site.folder)
  home = server.address.replace('127.0.0.1', elsewhere)
})
after(async () => {
  await browser?.close()
  server?.close()
  for (const host of hosts) host.close()
})

async function open(address, { context, script, ...options } = {}) {
  context ??= await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await openWatched(context, address.startsWith('file:') ? 'file:' : new URL(address).origin)
  if (script) await page.addInitScript(script)
  await page.goto(address)
  return page
}

const ids = ['need-users', 'need-existing', 'team-time', 'team-skill', 'upkeep-owner', 'upkeep-end']
const key = () => 'cairn-answers ' + new URL(home + name).pathname
const kept = (page) => page.evaluate((key) => localStorage.getItem(key), key())
const said = (page) => page.locator('[data-slot=kept] [role=status]').textContent()
const notice = (page) => page.locator('[data-slot=notice]').innerText()
const press = (page, text) => page.getByRole('button', { name: text, exact: true }).first().click()
const answer = (page, i, option) => page.evaluate(({ i, option }) => document.querySelectorAll('fieldset.question')[i].querySelectorAll('.options:not(.apart) input')[option].click(), { i, option })
/** What is chosen in the form, and the notes. */
const chosen = (page) => page.evaluate(() => [...document.querySelectorAll('fieldset.question')].map((field) =>
  [...field.querySelectorAll('input[name]')].findIndex((input) => input.checked) + (field.querySelector('textarea')?.value ?? '')))
const note = (page, i, text) => page.evaluate(({ i, text }) => {
  const area = document.querySelectorAll('fieldset.question')[i].querySelector('textarea')
  area.value = text
  area.dispatchEvent(new Event('input', { bubbles: true }))
}, { i, text })
const write = (file, content) => {
  const path = join(scratch, file)
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  return path
}
const file = (answers, more = {}) => ({ format: 'cairn-answers', assessment: 'readiness', version: 1, ...more, answers })
const pick = async (page, text, path) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, text)])
  await chooser.setFiles(path)
}
const saved = async (page, text) => {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, text)])
  return readFileSync(await download.path(), 'utf8')
}
/** Presses a button of the notice, and waits until the notice is another or gone. */
const decide = async (page, text) => {
  const before = await notice(page)
  await press(page, text)
  await page.waitForFunction((before) => document.querySelector('[data-slot=notice]').innerText !== before, before)
}
const another = (page) => page.waitForFunction(() => document.querySelector('[data-slot=notice]').textContent.includes('another tab'))
/** The link that the page gives. */
const linkOf = async (page) => {
  await page.evaluate(() => { location.hash = 'Result' })
  await press(page, 'Link to this result')
  await page.locator('[data-slot=take] input[readonly]').waitFor()
  return page.locator('[data-slot=take] input[readonly]').inputValue()
}
const link = async (answers) => home + (await cairn('assess', 'readiness', write('shared.json', file(answers)), '--as-link', '--root', site.root)).stdout.trim()
const some = { 'need-users': { value: '2' }, 'need-existing': { value: '1' } }

describe('answers are kept as one goes', () => {
  test('on return they are offered, resumed with their notes, or forgotten', async () => {
    let page = await open(home + name)
    equal(await kept(page), null)
    await answer(page, 0, 2)
    await note(page, 0, 'a note')
    await note(page, 5, 'to a question that is not answered yet')
    await answer(page, 3, 1)
    match(await said(page), /^Kept in this browser/)
    const before = await chosen(page)
    page = await open(home + name, { context: page.context() })
    match(await notice(page), /2 of 6 questions are answered/)
    await answer(page, 0, 0)
    match(await said(page), /^Not kept yet/, 'while it is not said what becomes of them, nothing is written over them')
    await note(page, 4, 'before it is said')
    await decide(page, 'Resume')
    deepEqual(await chosen(page), before.map((one, i) => i === 0 ? '0a note' : i === 4 ? one + 'before it is said' : one), 'what was answered meanwhile is not dropped, nor is anything else')
    equal(await notice(page), '')
    match(await kept(page), /before it is said/, 'and it is kept from then on')
    await answer(page, 1, 1)
    match(await kept(page), /"need-existing": \{"value": "1"\}/)
    page = await open(home + name, { context: page.context() })
    await press(page, 'Forget my answers')
    equal(await kept(page), null)
    match(await notice(page), /^Forgotten/)
    deepEqual(await page.evaluate(() => Object.keys(localStorage)), [])
    none(page.faults)
    await page.context().close()
  })

  test('what another tab changed is not written over', async () => {
    const mine = await open(home + name)
    await answer(mine, 0, 1)
    const theirs = await open(home + name, { context: mine.context() })
    await decide(theirs, 'Resume')
    await answer(theirs, 1, 2)
    await another(mine)
    const other = await kept(mine)
    await answer(mine, 2, 1)
    equal(await kept(mine), other, 'nothing is kept before it is said which ones count')
    match(await said(mine), /^Not kept/)
    await decide(mine, 'Take those')
    deepEqual(await chosen(mine), await chosen(theirs))
    await answer(theirs, 3, 1)
    await another(mine)
    await press(mine, 'Keep what is here')
    ok(!(await kept(mine)).includes('team-skill'))
    await another(theirs)
    none([...mine.faults, ...theirs.faults])
    await mine.context().close()
  })

  test('what is damaged is said, kept until it is forgotten, and can be saved as it is', async () => {
    const page = await open(home + name)
    await answer(page, 0, 1)
    await note(page, 0, 'x')
    const whole = await kept(page), chance = chances(7)
    let damaged = 0
    for (let round = 0; round < 40; round++) {
      const at = chance(whole.length), text = whole.slice(0, at) + ['', '"', '}', 'z', '\u0000', '9'][chance(6)] + whole.slice(at + chance(3))
      await page.evaluate(({ key, text }) => localStorage.setItem(key, text), { key: key(), text })
      await page.goto('about:blank')
      await page.goto(home + name)
      const told = await notice(page)
      match(told, /cannot be read|You have been here before/, text)
      equal(await kept(page), text, 'it is left as it is')
      await answer(page, 1, 1)
      equal(await kept(page), text, 'and nothing is written over it')
      if (!told.includes('cannot be read')) await decide(page, 'Resume')
      if (!(await notice(page)).includes('cannot be read')) continue
      equal(await kept(page), text, 'and it is left when it cannot be read')
      damaged++
      if (damaged === 1) equal(await saved(page, 'Save as a file'), text)
    }
    ok(damaged > 20, `only ${damaged} were damaged`)
    await page.evaluate((key) => localStorage.setItem(key, 'x'), key())
    await page.reload()
    await press(page, 'Forget my answers')
    equal(await kept(page), null)
    none(page.faults)
    await page.context().close()
  })
})

describe('a storage that fails', () => {
  // Each call in turn: whatever fails, the page goes on, and what it says of the answers is true.
  const failing = (at, until) => `{
    let calls = 0
    window.storageCalls = () => calls
    for (const name of ['getItem', 'setItem', 'removeItem']) {
      const before = Storage.prototype[name]
      Storage.prototype[name] = function (key, ...rest) {
        if (String(key).startsWith('cairn-answers') && !window.asked && ++calls >= ${at} && calls <= ${until}) throw new DOMException('planted', 'QuotaExceededError')
        return before.call(this, key, ...rest)
      }
    }
  }`
  /** Whether the page says that the answers are kept, and whether they are. */
  const truth = (page) => page.evaluate((key) => {
    window.asked = true
    const text = localStorage.getItem(key)
    window.asked = false
    const chosen = [...document.querySelectorAll('fieldset.question')].flatMap((field) => field.querySelector('.options:not(.apart) input:checked') ? [field.id] : [])
    return { said: document.querySelector('[data-slot=kept] [role=status]').textContent, calls: window.storageCalls(), kept: text === null ? null : Object.keys(JSON.parse(text).answers), chosen, offer: document.querySelector('[data-slot=kept]').textContent.includes('Save as a file') }
  }, key())

  for (const [what, lasts] of [['once', 0], ['from then on', 1e9]]) {
    test(`at each call in turn, ${what}`, async () => {
      let most = 12
      for (let at = 1; at <= most; at++) {
        const page = await open(home + name, { script: failing(at, at + lasts) })
        const hold = async (when) => {
          const told = await truth(page)
          if (/^Kept/.test(told.said)) deepEqual(told.kept, told.chosen, `call ${at}, ${when}: ${told.said}`)
          else if (told.chosen.length > 0) match(told.said, /^(Not kept|They are kept)/, `call ${at}, ${when}`)
          ok(told.offer, `call ${at}, ${when}: the file is offered`)
          return told
        }
        for (let i = 0; i < 3; i++) {
          await answer(page, i, 1)
          await hold(`after answer ${i + 1}`)
        }
        const told = await hold('then')
        if (lasts > 0 && told.calls >= at) match(told.said, /^Not kept/, `call ${at}: that nothing more is kept is said`)
        if (lasts === 0) most = Math.max(most, Math.min(30, told.calls))
        match(await saved(page, 'Save as a file'), /"team-time"/, `call ${at}: the file has every answer`)
        none(page.faults)
        await page.context().close()
      }
    })
  }

  test('when there are earlier answers, they are not written over unseen', async () => {
    const earlier = JSON.stringify(file({ 'upkeep-end': { value: '3' } }))
    for (const [at, until] of [[1, 1], [1, 2], [1, 1e9], [2, 2], [2, 1e9]]) {
      const page = await open(home + name, { script: `localStorage.setItem(${JSON.stringify(key())}, ${JSON.stringify(earlier)});` + failing(at, until) })
      for (let i = 0; i < 3; i++) await answer(page, i, 1)
      match(await said(page), /^Not kept/, `calls ${at} to ${until}`)
      deepEqual((await truth(page)).kept, ['upkeep-end'], `calls ${at} to ${until}`)
      none(page.faults)
      await page.context().close()
    }
  })

  test('that is absent, or forbidden, or does nothing', async () => {
    const ways = [
      `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('planted', 'SecurityError') } })`,
      `Object.defineProperty(window, 'localStorage', { value: null })`,
      `Object.defineProperty(window, 'localStorage', { value: undefined })`,
      `Storage.prototype.setItem = () => {}`,
    ]
    for (const script of ways) {
      const page = await open(home + name, { script })
      await answer(page, 0, 1)
      match(await said(page), /^Not kept: this browser/, script)
      match(await notice(page), /Not kept/, script)
      match(await saved(page, 'Save as a file'), /"need-users"/)
      none(page.faults)
      await page.context().close()
    }
  })

  test('that will not forget says so', async () => {
    const page = await open(home + name)
    await answer(page, 0, 1)
    await page.evaluate(() => { Storage.prototype.removeItem = () => { throw new Error('planted') } })
    await press(page, 'Forget my answers')
    match(await notice(page), /did not let them be removed/)
    notEqual(await kept(page), null)
    await page.context().close()
  })
})

describe('a link', () => {
  test('opens as someone else’s result, read-only and kept nowhere, until one goes on from it', async () => {
    const address = await link(some)
    const page = await open(address)
    equal(await page.evaluate(() => document.body.dataset.view), 'result')
    match(await notice(page), /^Someone else’s result/)
    match(await page.locator('[data-slot=whose]').textContent(), /Someone else/)
    ok(await page.evaluate(() => [...document.querySelectorAll('fieldset.question')].every((field) => field.disabled)))
    equal(await page.evaluate(() => localStorage.length), 0)
    equal((await chosen(page)).filter((one) => one !== '-1').length, 2)
    await press(page, 'Go on from here')
    equal(await notice(page), '')
    ok(!page.url().includes('answers='))
    ok(await page.evaluate(() => [...document.querySelectorAll('fieldset.question')].every((field) => !field.disabled)))
    match(await kept(page), /"need-users": \{"value": "2"\}/)
    await answer(page, 2, 1)
    match(await kept(page), /team-time/)
    none(page.faults)
    await page.context().close()
  })

  test('does not touch answers of one’s own', async () => {
    const address = await link(some)
    let page = await open(home + name)
    await answer(page, 4, 1)
    const before = await kept(page), mine = await chosen(page)
    await page.evaluate((hash) => { location.hash = hash }, new URL(address).hash)
    await page.waitForFunction(() => document.body.hasAttribute('data-read-only'))
    match(await notice(page), /replaces the answers of your own/)
    equal(await kept(page), before)
    await press(page, 'Back to my own')
    deepEqual(await chosen(page), mine)
    equal(await kept(page), before)
    await answer(page, 5, 1)
    match(await said(page), /^Kept/)
    page = await open(address, { context: page.context() })
    await press(page, 'Back to my own')
    match(await notice(page), /You have been here before/)
    none(page.faults)
    await page.context().close()
  })

  test('holds what the page shows, and is the one that the command prints', async () => {
    const address = await link(some)
    const page = await open(home + name)
    await answer(page, 0, 2)
    await answer(page, 1, 1)
    await note(page, 0, 'stays here')
    equal(await linkOf(page), address)
    await page.evaluate(() => { location.hash = 'All' })
    await answer(page, 0, 1)
    notEqual(await page.locator('[data-slot=take] input[readonly]').inputValue(), address, 'the link follows the answers')
    match(await page.locator('[data-slot=take]').textContent(), /Notes, names and the mark .* do not travel/)
    await page.context().close()
  })

  test('that is damaged, of another version or too long is recognised and not read', async () => {
    const address = await link(some), at = address.indexOf('answers=') + 8, payload = address.slice(at)
    const page = await open(home + name)
    for (const bad of ['', 'x', payload.slice(0, -1), payload.slice(1), payload + 'a', payload.toUpperCase(), payload.replace(/^./, 'b'), 'a'.repeat(9000), '%', '%00', '%7E', payload.slice(0, 12) + (payload[12] === 'a' ? 'b' : 'a') + payload.slice(13)]) {
      await page.evaluate((hash) => { location.hash = hash }, '#Result')
      await page.evaluate((hash) => { location.hash = hash }, '#Result~answers=' + bad)
      await page.waitForFunction(() => document.querySelector('[data-slot=notice]').textContent.includes('This link'))
      deepEqual(await chosen(page), Array(6).fill('-1'), bad)
      await page.evaluate(() => { document.querySelector('[data-slot=notice]').textContent = '' })
    }
    ok(!await page.evaluate(() => document.body.hasAttribute('data-read-only')))
    none(page.faults)
    await page.context().close()
  })

  test('keeps the other parts of the fragment', async () => {
    const page = await open((await link(some)).replace('~answers', '~tab=two~answers') + '~path=a%20b')
    await press(page, 'Go on from here')
    equal(new URL(page.url()).hash, '#Result~tab=two~path=a%20b')
    await page.context().close()
  })

  test('is not offered where nobody could open it: the file is', async () => {
    for (const address of [server.address, pathToFileURL(site.folder).href + '/', server.address.replace('127.0.0.1', 'localhost')]) {
      const page = await open(address + name)
      await answer(page, 0, 1)
      await page.evaluate(() => { location.hash = 'Result' })
      equal(await page.getByRole('button', { name: 'Link to this result' }).count(), 0, address)
      match(await page.locator('[data-slot=take]').textContent(), /no address that others can open/)
      await page.context().close()
    }
    const root = join(scratch, 'with-base-url')
    cpSync(site.root, root, { recursive: true })
    const config = readFileSync(join(root, 'config.toml'), 'utf8')
    writeFileSync(join(root, 'config.toml'), 'base-url = "https://example.com/kit/"\n' + config)
    const based = await build('with-base-url', root), local = await hostOf(based.folder)
    const page = await open(local.address + name)
    await answer(page, 0, 1)
    match(await linkOf(page), /^https:\/\/example\.com\/kit\/assessment\/readiness\.html#Result~answers=[a-z2-7]+$/)
    await page.context().close()
  })
})

test('answers to an earlier version open, and say what changed', async () => {
  const root = join(scratch, 'grown')
  cpSync(site.root, root, { recursive: true })
  await cairn('assess', 'readiness', '--release', '--root', root)
  const old = write('old.json', file({ 'need-users': { value: '2' }, 'team-time': { value: '1' }, 'team-skill': { value: '3' } }))
  const shared = (await cairn('assess', 'readiness', old, '--as-link', '--root', root)).stdout.trim()
  const source = join(root, 'assessment/readiness.toml'), text = readFileSync(source, 'utf8')
  writeFileSync(source, text.replaceAll('need-users', 'need-people').replace('version = 1', 'version = 2') +
    '\n[[migrate]]\nfrom = 1\nquestion = "need-users"\nrename = "need-people"\n\n[[migrate]]\nfrom = 1\nquestion = "team-skill"\nscale = "reset"\n')
  const grown = await build('grown', root), host = await hostOf(grown.folder), there = host.address.replace('127.0.0.1', elsewhere)
  let page = await open(there + shared)
  const changes = /given to version 1; this is version 2.*1 answers kept.*need-users 2 is now need-people 2.*Dropped: team-skill 3, because the scale was reset/s
  match(await notice(page), changes)
  equal((await chosen(page)).filter((one) => one !== '-1').length, 2)
  await press(page, 'Go on from here')
  await page.evaluate(({ key, text }) => localStorage.setItem(key, text), { key: key(), text: readFileSync(old, 'utf8') })
  page = await open(there + name, { context: page.context() })
  await decide(page, 'Resume')
  match(await notice(page), changes)
  await pick(page, 'Open a file', old)
  await page.waitForFunction(() => document.body.hasAttribute('data-read-only'))
  match(await notice(page), changes)
  await press(page, 'Back to my own')
  await page.evaluate(() => { location.hash = 'Result' })
  await pick(page, 'Compare with an earlier file', old)
  await page.getByText('What moved since').waitFor()
  match(await page.locator('[data-slot=take]').innerText(), /1 question was asked differently then/)
  none(page.faults)
  await page.context().close()
})

describe('a file', () => {
  test('is what the command reads, and gives the same result', async () => {
    const page = await open(home + name)
    for (const i of [0, 1, 2, 3]) await answer(page, i, 3 - i % 2)
    await note(page, 2, 'A “note” <b>\n\u2028')
    const text = await saved(page, 'Save as a file')
    const path = write('saved.json', text)
    const result = JSON.parse((await cairn('assess', 'readiness', path, '--json', '--root', site.root)).stdout)
    equal(result.counts.answered, 4)
    equal(JSON.parse(text).answers['team-time'].note, 'A “note” <b>\n\u2028')
    const other = await open(home + name)
    await pick(other, 'Open a file', path)
    await other.waitForFunction(() => document.body.hasAttribute('data-read-only'))
    deepEqual(await chosen(other), await chosen(page))
    equal(await other.evaluate(() => localStorage.length), 0)
    await press(other, 'Go on from here')
    equal((await saved(other, 'Save as a file')), text, 'saved again it has the same bytes')
    none([...page.faults, ...other.faults])
    await page.context().close()
    await other.context().close()
  })

  test('is opened by dropping it on the page', async () => {
    const page = await open(home + name)
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
      document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, JSON.stringify(file(some, { label: 'Acme', date: '2026-01-22' })))
    await page.waitForFunction(() => document.body.hasAttribute('data-read-only'))
    match(await notice(page), /Answers from a file\s+Acme, 2026-01-22/)
    none(page.faults)
    await page.context().close()
  })

  test('that does not fit is refused as the command refuses it', async () => {
    const page = await open(home + name)
    const bad = [
      ['nothing', '', /no file of answers/], ['list', '[]', /no file of answers/], ['twice', '{"format": "cairn-answers", "assessment": "readiness", "version": 1, "answers": {"need-users": {"value": "1"}, "need-users": {"value": "2"}}}', /no file of answers/],
      ['other', { ...file({}), assessment: 'maturity' }, /another assessment/], ['later', { ...file({}), version: 7 }, /a version that is not known/],
      ['question', file({ nowhere: { value: '1' } }), /does not exist: nowhere/], ['proto', '{"format": "cairn-answers", "assessment": "readiness", "version": 1, "answers": {"__proto__": {"value": "1"}}}', /does not exist: __proto__/],
      ['option', file({ 'need-users': { value: '9' } }), /does not exist: need-users/], ['kind', file({ 'need-users': { value: true } }), /does not fit its question: need-users/],
      ['large', 'x'.repeat(6 << 20), /too large/], ['bytes', Uint8Array.of(0x7b, 0xff, 0x7d), /no file of answers/],
    ]
    for (const [what, content, words] of bad) {
      const path = write(what + '.json', content)
      await pick(page, 'Open a file', path)
      await page.waitForFunction((what) => document.querySelector('[data-slot=notice]').textContent.includes(what), what + '.json')
      match(await page.locator('[data-slot=notice] .alert').first().innerText(), words, what)
      const refused = await cairn('assess', 'readiness', path, '--root', site.root).then(() => false, ({ code }) => code === 1)
      ok(refused, `${what}: the command refuses it too`)
      deepEqual(await chosen(page), Array(6).fill('-1'), what)
    }
    equal(await page.evaluate(() => localStorage.length), 0)
    none(page.faults)
    await page.context().close()
  })

  test('from before is compared: what moved', async () => {
    const page = await open(home + name)
    await answer(page, 0, 3)
    await answer(page, 1, 0)
    await answer(page, 2, 1)
    await page.evaluate(() => { location.hash = 'Result' })
    await pick(page, 'Compare with an earlier file', write('then.json', file({ 'need-users': { value: '1', note: 'x' }, 'need-existing': { value: '2' }, 'team-time': { value: '1', note: 'other' }, 'team-skill': { state: 'dont-know' } }, { date: '2025-06-01' })))
    await page.getByText('What moved since then.json, 2025-06-01').waitFor()
    const text = await page.locator('[data-slot=take]').innerText()
    match(text, /3 answers moved, 3 are the same/)
    deepEqual(await page.locator('[data-slot=take] dd .hint').allTextContents(), [' up', ' down'])
    match(text, /Not known → Not answered/)
    match(text, /Level: .+\s+1 → 0/, 'levels that moved, before the answers that moved them')
    equal(await notice(page), '')
    none(page.faults)
    await page.context().close()
  })
})

test('a decision that moved is compared too, and the comparison comes into view', async () => {
  const reference = await theReference(), host = await hostOf(reference.folder, '/'), there = host.address.replace('127.0.0.1', elsewhere)
  const page = await open(there + 'assessment/hire-next.html', { viewport: { width: 1280, height: 700 } })
  await page.evaluate(() => {
    const number = document.querySelector('#engineers input[type=number]')
    number.value = '120'
    number.dispatchEvent(new Event('input', { bubbles: true }))
    location.hash = 'Result'
  })
  // The button at the lower edge: what it answers with is below.
  await page.getByRole('button', { name: 'Compare with an earlier file' }).evaluate((button) => button.scrollIntoView({ block: 'end' }))
  await pick(page, 'Compare with an earlier file', write('hire.json', { ...file({ engineers: { value: 27 } }), assessment: 'hire-next' }))
  await page.getByText('What moved since hire.json').waitFor()
  const [what, moved] = await page.locator('[data-slot=take] .line').first().locator('dt, dd').allTextContents()
  equal(what, 'Decision')
  const [before, after] = moved.split(' → ')
  ok(before.startsWith('Open. It could be: ') && after && after !== before, moved)
  match(await page.locator('[data-slot=take]').innerText(), /27 people → 120 people/)
  await page.waitForFunction(() => {
    const heading = document.activeElement, { top, bottom } = heading.getBoundingClientRect()
    return heading.textContent.startsWith('What moved since') && top >= 0 && bottom <= window.innerHeight / 2 + 1
      || heading.textContent.startsWith('What moved since') && top >= 0 && window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1
  })
  none(page.faults)
  await page.context().close()
})

test('a part that cannot be loaded is said, and loses nothing', async () => {
  const page = await open(home + name)
  await answer(page, 0, 2)
  const before = await kept(page), path = write('later.json', file(some))
  let blocked = 0
  await page.route(/\/exchange-/, (route) => {
    blocked++
    return route.abort()
  })
  for (let attempt = 1; attempt <= 2; attempt++) {
    await pick(page, 'Open a file', path)
    await page.waitForFunction((n) => document.querySelectorAll('[data-slot=notice] .alert').length === n, attempt)
  }
  equal(blocked, 2, 'each time it is tried again')
  match(await notice(page), /could not be loaded.*not lost/s)
  equal(await kept(page), before)
  await answer(page, 1, 1)
  match(await said(page), /^Kept/)
  match(await saved(page, 'Save as a file'), /"need-existing"/)
  await page.unroute(/\/exchange-/)
  await pick(page, 'Open a file', path)
  await page.waitForFunction(() => document.body.hasAttribute('data-read-only'))
  ok(page.faults.every((fault) => /exchange-/.test(fault) || /Failed to load resource/.test(fault)), page.faults.join())
  await page.context().close()
})

test('whoever loads the page again, or comes back to it, goes on without being asked', async () => {
  const page = await open(home + name + '#All')
  await answer(page, 0, 2)
  await note(page, 0, 'a note')
  await answer(page, 1, 1)
  const before = await chosen(page)
  const isBack = async (count) => {
    await page.waitForFunction((count) => document.querySelectorAll('.question.given').length === count, count)
    equal(await notice(page), '')
    match(await said(page), /^Kept/)
  }
  await page.reload()
  await isBack(2)
  deepEqual(await chosen(page), before)
  await answer(page, 2, 1)
  match(await kept(page), /"team-time"/, 'what is answered then is kept')
  await page.goto(home + 'index.html')
  await page.goBack()
  await isBack(3)
  await page.route(/\/exchange-/, (route) => route.abort())
  await page.reload()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  match(await notice(page), /could not be loaded.*You have been here before/s, 'it is offered where it cannot be done')
  await page.unroute(/\/exchange-/)
  await press(page, 'Resume')
  await isBack(3)
  ok(page.faults.every((fault) => /exchange-/.test(fault) || /Failed to load resource/.test(fault)), page.faults.join())
  await page.context().close()
})

test('what is asked about earlier answers stays in sight, and the focus goes on', async () => {
  for (const width of [360, 1280]) {
    const viewport = { width, height: 800 }, context = await browser.newContext({ viewport })
    let page = await open(home + name + '#All', { context })
    await answer(page, 0, 2)
    await answer(page, 1, 1)
    await page.close()
    page = await open(home + name + '#All', { context })
    await page.waitForFunction(() => document.body.dataset.view === 'all')
    const top = () => page.evaluate(() => Math.round(document.querySelector('[data-slot=notice] .alert').getBoundingClientRect().top))
    ok(await top() >= 0 && await top() < 800, `${width}: the notice is at ${await top()}`)
    await page.locator('fieldset.question').nth(4).locator('input').first().check()
    ok(await top() >= 0 && await top() < 800, `${width}: after an answer the notice is at ${await top()}`)
    await page.getByRole('button', { name: 'Resume' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement.closest('fieldset')?.id === 'team-time')
    const { y } = await page.locator('#team-time').boundingBox()
    ok(y >= -1 && y < 800, `${width}: the first question that is left is in sight, at ${y}`)
    deepEqual((await chosen(page)).map((one) => one !== '-1'), [true, true, false, false, true, false])
    none(page.faults)
    await context.close()
  }
})

test('whoever goes on from somebody’s result stands at its decision', async () => {
  const page = await open(await link(some))
  await page.getByRole('button', { name: 'Go on from here' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement.matches('#Result .verdict'))
  await page.context().close()
})

test('from a disk nothing is kept unless it is asked for', async () => {
  const address = pathToFileURL(site.folder).href + '/' + name
  const page = await open(address)
  await answer(page, 0, 1)
  match(await said(page), /^Not kept: this page was opened from a disk/)
  equal(await page.evaluate(() => localStorage.length), 0)
  await press(page, 'Keep them all the same')
  match(await said(page), /^Kept/)
  await answer(page, 1, 1)
  await page.goto('about:blank')
  await page.goto(address)
  match(await notice(page), /2 of 6 questions/)
  await press(page, 'Forget my answers')
  equal(await page.evaluate(() => localStorage.length), 0)
  match(await said(page), /^Not kept: this page was opened from a disk/)
  none(page.faults)
  await page.context().close()
})

describe('is accessible and fits its window', () => {
  for (const options of [{ viewport: { width: 360, height: 800 }, colorScheme: 'light' }, { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }, { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }]) {
    test(`${options.viewport.width} px, ${options.colorScheme}`, async () => {
      let page = await open(home + name, options)
      const look = async (state) => {
        none((await violations(page)).map((fault) => state + ': ' + fault))
        ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), state + ': nothing is wider than the window')
      }
      await answer(page, 0, 1)
      await page.evaluate(() => { location.hash = 'Result' })
      await pick(page, 'Compare with an earlier file', write('then.json', file({ 'need-existing': { value: '2' } })))
      await page.getByText('What moved since').waitFor()
      await look('compared')
      await pick(page, 'Compare with an earlier file', write('bad.json', '{'))
      await page.getByText('This file was not opened').waitFor()
      await look('a file refused')
      page = await open(home + name, { context: page.context() })
      await look('on return')
      page = await open(await link(some), { context: page.context() })
      await look('someone else’s')
      page = await open((await link(some)).slice(0, -2), { context: page.context() })
      await look('a damaged link')
      await page.context().close()
    })
  }
})

test('the page on privacy names whatever is kept, and forgets it', async () => {
  const reference = await theReference(), host = await hostOf(reference.folder, '/x/y/'), there = host.address.replace('127.0.0.1', elsewhere)
  let page = await open(there + 'assessment/approach.html')
  await page.evaluate(() => localStorage.setItem('cairn-answers /another/site/page.html', 'not of this site'))
  await page.evaluate(() => document.querySelector('fieldset.question .options:not(.apart) input').click())
  await page.evaluate(() => document.querySelector('#theme-dark').click())
  await page.evaluate(() => localStorage.setItem('cairn-steps /x/y/paths/service.html', '["one"]'))
  const context = page.context(), answers = page
  page = await open(there + 'privacy.html', { context })
  const listed = async () => (await page.locator('[data-slot=here] li code').allTextContents()).sort()
  deepEqual(await listed(), ['cairn-answers /x/y/assessment/approach.html', 'cairn-appearance', 'cairn-steps /x/y/paths/service.html'].sort())
  const explained = await page.locator('main th[scope=row] code').allTextContents()
  deepEqual(explained.sort(), ['cairn-answers', 'cairn-appearance', 'cairn-steps'])
  none(await violations(page))
  await press(page, 'Forget my answers')
  deepEqual(await listed(), ['cairn-appearance', 'cairn-steps /x/y/paths/service.html'])
  await answers.waitForFunction(() => document.querySelector('[data-slot=notice]').textContent.includes('another tab'))
  for (let left = 2; left > 0; left--) await page.locator('[data-slot=here] li button').first().click()
  match(await page.locator('[data-slot=here]').innerText(), /keeps nothing of this site/)
  deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['cairn-answers /another/site/page.html'], 'what another site on the host keeps is not touched')
  ok(!/They can send requests|They use cookies|They also keep|They leave something running/.test(await page.locator('main').innerText()))
  none(page.faults)
  await context.close()
})
