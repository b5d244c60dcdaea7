// Tables by keyboard: sorting, finding, choosing, grouping; what was chosen stands in
// the address; without script the whole table is there.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { violations } from '../accessible.js'
import { launch, openAlone, openWatched, widen } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { constructsSite, referenceSite } from '../sites.js'
import { becomes } from '../waiting.js'

let browser, site, server
before(async () => {
  browser = await launch()
  site = await referenceSite()
  server = await serveFolder(site.folder)
})
after(async () => {
  await browser?.close()
  server?.close()
})

const open = (name, options) => openAlone(browser, server, name, options)

const close = async (page) => {
  none(page.faults)
  await page.context().close()
}

/** The texts of a column, without notes and numbers of sources, in the order shown. */
const column = (page, title) => page.evaluate((title) => {
  const table = document.querySelector('main table.live') ?? document.querySelector('main table')
  const at = [...table.tHead.querySelectorAll('th')].findIndex((head) => head.textContent.startsWith(title))
  return [...table.querySelectorAll('tbody tr:not(.group)')].map((row) => {
    const cell = row.cells[at].cloneNode(true)
    for (const extra of cell.querySelectorAll('small, .cite, .src, [hidden]')) extra.remove()
    return cell.textContent.trim()
  })
}, title)

const groups = (page) => page.locator('table.live tr.group').allTextContents().then((all) => all.map((text) => text.trim()))
const said = (page) => page.locator('main form.filter output').first().textContent()
const heading = (page, title) => page.locator('table.live thead th').filter({ hasText: title })
const hash = (page) => new URL(page.url()).hash

/** Presses Tab until the focus is on something with this text. */
async function tabTo(page, text) {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((text) => document.activeElement.textContent.trim().startsWith(text) || document.activeElement.labels?.[0]?.textContent.trim().startsWith(text), text)) return
  }
  throw new Error(`Tab never reaches ${text}`)
}

describe('sorting', () => {
  test('by keyboard: upwards, downwards, as written; the heading says so, and so does a polite line', async () => {
    const page = await open('tables/salaries.html')
    const written = await column(page, 'Platform')
    deepEqual(written, ['160,767', '104,629', '118,028'])
    await tabTo(page, 'Platform')
    await page.keyboard.press('Enter')
    equal(await heading(page, 'Platform').first().getAttribute('aria-sort'), 'ascending')
    deepEqual(await column(page, 'Platform'), ['104,629', '118,028', '160,767'])
    await becomes(() => said(page), 'Sorted by Platform, upwards.')
    equal(await page.getByRole('status').textContent(), 'Sorted by Platform, upwards.', 'said politely')
    await page.keyboard.press('Space')
    equal(await heading(page, 'Platform').first().getAttribute('aria-sort'), 'descending')
    deepEqual(await column(page, 'Platform'), ['160,767', '118,028', '104,629'])
    await page.keyboard.press('Enter')
    equal(await heading(page, 'Platform').first().getAttribute('aria-sort'), null)
    deepEqual(await column(page, 'Platform'), written)
    equal(await page.evaluate(() => document.activeElement.textContent.startsWith('Platform')), true, 'the focus stays on the heading')
    await close(page)
  })

  test('numbers sort as numbers, and what is empty comes last both ways', async () => {
    const page = await open('tables/bands.html')
    const order = (list) => list.filter((text) => text !== '–').map((text) => Number(text.replace(/,/g, '')))
    for (const way of ['upwards', 'downwards']) {
      await heading(page, 'To').first().getByRole('button').click()
      const list = await column(page, 'To'), numbers = order(list)
      deepEqual(numbers, [...numbers].sort((a, b) => way === 'upwards' ? a - b : b - a))
      ok(list.slice(numbers.length).every((text) => text === '–') && list.length > numbers.length, list.join())
    }
    await close(page)
  })

  test('the headings stay in view while one reads down', async () => {
    const page = await open('tables/comparison.html')
    await page.locator('#security').evaluate((row) => row.scrollIntoView())
    const top = await heading(page, 'Platform engineering').evaluate((head) => head.getBoundingClientRect().top)
    ok(top > -1 && top < 5, `the heading stands at ${top}`)
    await close(page)
  })

  test('words with an order of their own sort by it, and rows stay in their groups', async () => {
    const page = await open('tables/signals.html')
    const before = await groups(page)
    ok(before.length > 3)
    await heading(page, 'Direction').getByRole('button').click()
    deepEqual(await groups(page), before)
    await page.getByLabel('Group by').selectOption('Nothing')
    deepEqual(await groups(page), [])
    const rank = ['DevOps', 'Middle ground', 'Platform', 'Platform and SRE', 'SRE', 'Mend it']
    const list = (await column(page, 'Direction')).map((text) => rank.indexOf(text))
    deepEqual(list, [...list].sort((a, b) => a - b))
    equal(new Set(list).size, rank.length)
    await close(page)
  })
})

describe('finding, choosing, grouping', () => {
  test('by keyboard: what is looked for and chosen is shown, counted and kept in the address', async () => {
    const page = await open('tables/comparison.html')
    equal(await said(page), '21 of 21 rows shown.')
    await tabTo(page, 'Find')
    await page.keyboard.type('catalogue')
    await becomes(() => said(page), '0 of 21 rows shown.')
    for (let i = 0; i < 'catalogue'.length; i++) await page.keyboard.press('Backspace')
    await tabTo(page, 'Agree')
    await page.keyboard.press('Space')
    await becomes(() => said(page), '9 of 21 rows shown.')
    deepEqual([...new Set(await column(page, 'Do they agree?'))], ['Disagree'])
    await becomes(() => hash(page), /^#~table-comparison=/)
    // Whoever gets the address sees the same.
    const other = await openWatched(page.context(), server.address)
    await other.goto(page.url())
    equal(await said(other), '9 of 21 rows shown.')
    equal(await other.getByLabel('Agree', { exact: true }).isChecked(), false)
    await other.getByRole('button', { name: 'Show all' }).press('Enter')
    await becomes(() => said(other), '21 of 21 rows shown.')
    await becomes(() => hash(other), '')
    none(other.faults)
    await close(page)
  })

  test('without a source, what it alone says is gone, and what others say too stays', async () => {
    const page = await open('tables/comparison.html')
    const nature = () => page.locator('#nature td').first().innerText()
    match(await nature(), /A culture.*Also a job/s)
    for (const name of ['DistantJob', 'SIVARO']) await page.getByLabel(name).uncheck()
    ok(!/Also a job/.test(await nature()) && /A culture/.test(await nature()), await nature())
    for (const name of ['Improwised', 'Imaginary Cloud']) await page.getByLabel(name).uncheck()
    await becomes(() => said(page), /^(?!21 )\d+ of 21 rows shown\.$/)
    equal(await page.locator('#governance').count(), 0, 'a row of which nothing is left is not shown')
    await page.getByLabel('Built In').uncheck()
    await becomes(() => said(page), '0 of 21 rows shown.')
    await close(page)
  })

  test('rows are grouped by the texts of a column', async () => {
    const page = await open('tables/comparison.html')
    await page.getByLabel('Group by').selectOption('Do they agree?')
    deepEqual(await groups(page), ['Disagree', 'Agree'])
    equal((await column(page, 'Point')).length, 21)
    equal(await page.locator('table.live tr.group th').first().getAttribute('scope'), 'rowgroup')
    await close(page)
  })
})

describe('the address', () => {
  test('keeps its anchor and parts that are not the table’s; a strange part is no fault', async () => {
    const page = await open('tables/comparison.html#measures~x=y~table-comparison=sort%3D-point%26in.agreement%3DDisagree%26in.nothing%3Dz%26find%3D~q=1')
    deepEqual((await column(page, 'Point')).length, 9)
    equal(await heading(page, 'Point').getAttribute('aria-sort'), 'descending')
    ok(await page.locator('#measures').evaluate((row) => { const box = row.getBoundingClientRect(); return box.top >= 0 && box.top < 900 }), 'the row is in view')
    await page.getByLabel('Agree', { exact: true }).check()
    await becomes(() => hash(page), /^#measures~x=y~table-comparison=sort%3D-point~q=1$/)
    await close(page)
  })

  test('opens the fold of a table that was sorted when it was sent', async () => {
    const page = await open('index.html#~table-bands=sort%3D-from')
    equal(await page.locator('.figure details').getAttribute('open'), '')
    deepEqual((await column(page, 'From')).slice(0, 3), ['200', '200', '50'])
    await close(page)
  })

  test('a link to a source does not undo what was chosen; one to a hidden row shows it', async () => {
    const page = await open('tables/comparison.html')
    await page.getByLabel('Agree', { exact: true }).uncheck()
    await becomes(() => hash(page), /^#~table-comparison=/)
    await page.locator('table.live a.cite').first().click()
    await becomes(() => hash(page), /^#source-distantjob~table-comparison=/)
    equal((await column(page, 'Point')).length, 9)
    await page.evaluate(() => { location.hash = '#mindset' })
    await becomes(async () => (await column(page, 'Point')).length, 21)
    await close(page)
  })
})

test('without script the whole table is there, and nothing that would do nothing', async () => {
  const page = await open('tables/comparison.html', { javaScriptEnabled: false })
  equal(await page.locator('main table tbody tr').count(), 21)
  equal(await page.locator('main form.filter').first().isVisible(), false)
  equal(await page.locator('thead button').count(), 0)
  match(await page.locator('#nature').innerText(), /Also a job/)
  await page.goto(server.address + 'tables/bands.html')
  const chart = page.getByRole('img', { name: 'Between 20 and 30 engineers, the sources part ways' })
  ok(await chart.isVisible())
  equal(await page.locator('.key').isVisible(), true)
  await page.context().close()
})

test('a table in use has no violation of WCAG 2.2 AA, wide and narrow, light and dark', async () => {
  const faults = []
  for (const [name, use] of [['tables/comparison.html', async (page) => {
    await page.getByLabel('SIVARO').uncheck()
    await page.getByLabel('Group by').selectOption('Do they agree?')
    await heading(page, 'DevOps').first().getByRole('button').click()
  }], ['tables/bands.html', async (page) => {
    await page.getByLabel('Find').fill('platform')
    await heading(page, 'From').first().getByRole('button').click()
  }]]) {
    for (const width of [360, 1280]) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await open(name, { viewport: { width, height: 900 }, colorScheme })
        await use(page)
        await becomes(() => hash(page), /~table-/)
        faults.push(...(await violations(page)).map((fault) => `${name} at ${width}, ${colorScheme}: ${fault}`))
        await close(page)
      }
    }
  }
  none(faults)
})

describe('charts', () => {
  test('every picture has a name and a description, and its figures stand on the page', async () => {
    for (const name of ['index.html', 'tables/bands.html', 'tables/salaries.html', 'tables/waiting.html', 'tables/error-budgets.html']) {
      const page = await open(name)
      const charts = await page.locator('svg.chart[role=img]').evaluateAll((all) => all.map((svg) => ({
        named: svg.getAttribute('aria-labelledby').split(' ').every((id) => svg.querySelector('#' + id)?.textContent.length > 10),
        table: !!svg.closest('figure').querySelector('table') || !!document.querySelector('main .data table'),
        styled: !!svg.querySelector('[style]'),
      })))
      ok(charts.length > 0, name)
      for (const chart of charts) deepEqual(chart, { named: true, table: true, styled: false }, name)
      await close(page)
    }
  })

  test('no words of a picture lie upon one another or leave it, from 320 to 1920 pixels', async () => {
    const faults = []
    const hard = await constructsSite(), other = await serveFolder(hard.folder)
    for (const name of [...['bands', 'salaries', 'waiting', 'error-budgets'].map((table) => `${server.address}tables/${table}.html`), other.address + 'charts.html']) {
      const context = await browser.newContext()
      const page = await openWatched(context, new URL(name).origin)
      await page.goto(name)
      for (const width of [320, 345, 360, 400, 480, 545, 600, 700, 768, 900, 1000, 1152, 1280, 1920]) {
        await widen(page, width)
        faults.push(...(await page.evaluate(() => {
          const found = []
          for (const svg of document.querySelectorAll('svg.chart')) {
            const frame = svg.getBoundingClientRect()
            const texts = [...svg.querySelectorAll('text')].filter((text) => text.checkVisibility()).map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
            texts.forEach(({ text, box }, i) => {
              if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5) found.push(`“${text}” leaves the picture`)
              for (const other of texts.slice(i + 1)) {
                const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
                const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
                if (across > 1 && down > 5) found.push(`“${text}” lies upon “${other.text}”`)
              }
            })
          }
          return found
        })).map((fault) => `${name} at ${width}: ${fault}`))
      }
      await close(page)
    }
    other.close()
    none(faults)
  })

  test('in a band the words or their letter stand at every width', async () => {
    const page = await open('tables/bands.html')
    for (const width of [320, 360, 600, 900, 1280, 1920]) {
      await widen(page, width)
      const shown = await page.evaluate(() => {
        const texts = [...document.querySelectorAll('svg.chart text')].filter((text) => text.checkVisibility()).map((text) => text.textContent)
        const key = [...document.querySelectorAll('.figure .key li')].filter((entry) => entry.checkVisibility()).map((entry) => entry.textContent.trim())
        return { letters: texts.filter((text) => /^[A-E]$/.test(text)), key }
      })
      for (const letter of shown.letters) ok(shown.key.some((entry) => entry.startsWith(letter + ' ')), `at ${width} the key does not explain ${letter}`)
    }
    await close(page)
  })
})
