// Without script the text, the tables and the whole questionnaire are there; the
// questionnaire is ticked by keyboard and printed with its key.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { eachPage, launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { serveFolder } from '../server.js'
import { assessmentsOf, referenceSite, starterSite } from '../sites.js'

let browser, context
before(async () => {
  browser = await launch()
  context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })
})
after(() => browser?.close())

/** Texts are compared by their letters and digits: quotes and spaces are set as the page needs. */
const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, '')

for (const make of [referenceSite, starterSite]) {
  describe(make.name, () => {
    let site, server
    before(async () => {
      site = await make()
      server = await serveFolder(site.folder)
    })
    after(() => server?.close())

    test('every page shows its text', async () => {
      none(await eachPage(site, server.address, context, async (page) => {
        const found = []
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 900 })
          found.push(...(await page.evaluate(hidden)).map((fault) => `at ${width}: ${fault}`))
        }
        return found
      }))
    })

    test('every row of a table is on its page', async () => {
      for (const name of site.files.filter((file) => /^tables\/.*\.csv$/.test(file))) {
        const source = readFileSync(join(site.root, 'content', name.replace('.csv', '.toml')), 'utf8')
        const rows = source.match(/^\s*\[\[row\]\]/gm).length
        const page = await openWatched(context, server.address)
        await page.goto(server.address + name.replace('.csv', '.html'))
        equal(await page.locator('main table').first().locator('tbody tr:not(.group)').count(), rows, `rows of ${name}`)
        await page.close()
      }
    })

    test('every question of an assessment can be answered by keyboard', async () => {
      for (const assessment of assessmentsOf(site)) {
        const page = await openWatched(context, server.address)
        await page.goto(server.address + assessment.page)
        const shown = await page.locator('main fieldset').evaluateAll((fieldsets) => fieldsets.map((fieldset) => ({
          text: fieldset.querySelector('.asked').textContent,
          options: [...fieldset.querySelectorAll('.options:not(.apart) .option')].map((option) => option.querySelector(':scope > span').textContent),
          name: fieldset.querySelector('input')?.name,
        })))
        deepEqual(shown.map(({ text }) => letters(text)), assessment.questions.map(({ text }) => letters(text)))
        for (const [i, { options, kind }] of assessment.questions.entries()) {
          if (kind !== 'yes-no') deepEqual(shown[i].options.map(letters), options.map(letters), `options of “${shown[i].text}”`)
        }
        await answerAll(page, shown)
        none(page.faults)
        await page.close()
      }
    })

    test('an assessment prints with every question and its key', async () => {
      for (const assessment of assessmentsOf(site)) {
        const page = await openWatched(context, server.address)
        await page.goto(server.address + assessment.page)
        const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' })))
        const { totalPages, text } = await extractText(pdf, { mergePages: true })
        const printed = letters(text.replace(/-\n/g, ''))
        const key = assessment.dimensions.length > 0 ? ['Scoring key', ...assessment.dimensions] : []
        const wanted = [...key, ...assessment.questions.flatMap(({ text, options }) => [text, ...options])]
        none(wanted.filter((each) => !printed.includes(letters(each))).map((each) => `${assessment.page}: not printed: “${each}”`))
        // About four questions of seven lines go on a sheet; the key has one of its own.
        const most = 3 + Math.ceil(assessment.questions.length / 3)
        ok(totalPages >= 2 && totalPages <= most, `${assessment.page} prints on ${totalPages} sheets, wanted at most ${most}`)
        await page.close()
      }
    })
  })
}

/** Runs in the page: what of its text is not shown. */
function hidden() {
  const found = []
  // What would do nothing: a table's form, the search form and its button, and what the
  // page on privacy finds in this browser.
  const waiting = 'form[data-table][hidden], #search-form[hidden], #search-more[hidden], [data-slot="here"][hidden], [data-slot="here"] ~ .row > [hidden]'
  for (const element of document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, dt, dd, th, td, pre, legend, label, blockquote, caption)')) {
    // A chart's key gives way to the words in the chart; of an assessment, what asks and
    // answers by script is not there without it.
    if (!element.textContent.trim() || element.closest('details:not([open]) > :not(summary), .sidenote, .key, .if-live, ' + waiting)) continue
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) found.push(`not shown without script: “${element.textContent.trim().slice(0, 60)}”`)
  }
  if (!document.querySelector('main h1')) found.push('no heading')
  if (document.querySelector(`main [hidden]:not(${waiting}, form[hidden] *, [data-slot="here"] *), main form [disabled]`)) found.push('something is hidden or disabled and waits for a script')
  return found
}

/** Goes through the form with Tab, and through each group with the arrow keys. */
async function answerAll(page, questions) {
  const focused = () => page.evaluate(() => {
    const element = document.activeElement
    return {
      type: element.type, name: element.name, value: element.value, checked: element.checked,
      group: element.name ? [...document.getElementsByName(element.name)].map((input) => input.value) : [],
      ringed: getComputedStyle(element).outlineStyle !== 'none',
    }
  })
  await page.locator('main form').evaluate((form) => {
    form.tabIndex = -1
    form.focus()
  })
  const waiting = new Set(questions.map(({ name }) => name))
  for (let steps = 0; waiting.size > 0 && steps < questions.length * 12; steps++) {
    await page.keyboard.press('Tab')
    const at = await focused()
    if (!waiting.has(at.name)) continue
    ok(at.ringed, `the focus is not seen at ${at.name}`)
    if (at.type === 'radio') {
      waiting.delete(at.name)
      await page.keyboard.press('Space')
      const ticked = [(await focused()).value]
      while (ticked.length < at.group.length) {
        await page.keyboard.press('ArrowDown')
        const next = await focused()
        ok(next.checked && next.name === at.name, `an arrow left the group ${at.name}`)
        ticked.push(next.value)
      }
      deepEqual(ticked, at.group, `the arrows pass all answers of ${at.name}`)
    } else if (at.type === 'checkbox') {
      await page.keyboard.press('Space')
      ok((await focused()).checked, `${at.name} ${at.value} can be ticked`)
      if (at.value === at.group.at(-1)) waiting.delete(at.name)
    } else if (at.type === 'number') {
      waiting.delete(at.name)
      await page.keyboard.type('3')
      equal((await focused()).value, '3')
    }
  }
  deepEqual([...waiting], [], 'questions that Tab does not reach')
  equal(new URL(page.url()).search, '', 'answers never stand in the query')
}
