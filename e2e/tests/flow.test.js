// A reader's way through an assessment: the short way and the full way, each by keyboard
// alone; what is said when it ends; what the history holds; that nothing given is lost;
// and every state of one assessment is accessible, fits, is told to assistive technology
// as recorded, and prints.
import { after, before, describe, test } from 'node:test'
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractText } from 'unpdf'
import { violations } from '../accessible.js'
import { answersTo, give, questionsOf, settled } from '../answers.js'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { clipped, overflowing, overlapping } from '../layout.js'
import { serveFolder } from '../server.js'
import { flowSite, referenceSite } from '../sites.js'

let browser, server, reference
before(async () => {
  browser = await launch()
  server = await serveFolder((await flowSite()).folder)
  reference = await serveFolder((await referenceSite()).folder)
})
after(async () => {
  await browser?.close()
  server?.close()
  reference?.close()
})

/** Opens the assessment; `session` is in the page what keeps and shares answers is given. */
async function open(name = 'assessment/tool.html', options = {}, at = server) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await openWatched(context, at.address)
  await page.addInitScript(() => document.addEventListener('assessment', ({ detail }) => { window.session = detail }))
  await page.goto(at.address + name)
  return page
}

const view = (page) => page.evaluate(() => document.body.dataset.view)
const shownQuestions = (page) => page.locator('fieldset.question:visible').evaluateAll((list) => list.map(({ id }) => id))
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement
  return { question: element.closest('fieldset.question')?.id, type: element.type, value: element.value, text: element.textContent.trim() }
})

/** Presses Tab until what has the focus is wanted. */
async function tabTo(page, wanted) {
  for (let stops = 0; stops < 200; stops++) {
    await page.keyboard.press('Tab')
    if (wanted(await focused(page))) return
  }
  throw new Error('Tab does not reach it')
}

/** Gives the question that has the focus an answer, by keyboard: a number, or what its last option is. */
async function answerHere(page) {
  const { question, type } = await focused(page)
  ok(question, 'the focus is in a question')
  if (type === 'number') await page.keyboard.type('24')
  else await page.keyboard.press(await page.locator(`#${question} .option kbd:visible`).last().textContent())
}

/** Fills in everything with its last answer. */
const fill = (page) => page.evaluate(() => {
  for (const field of document.querySelectorAll('fieldset.question')) {
    const number = field.querySelector('input[type=number]')
    if (number) {
      number.value = '24'
      number.dispatchEvent(new Event('input', { bubbles: true }))
    } else [...field.querySelectorAll('.options:not(.apart) input')].at(-1).click()
  }
})

async function toResult(page) {
  await settled(page)
  await page.evaluate(() => { location.hash = 'Result' })
  await page.waitForFunction(() => document.body.dataset.view === 'result')
}

describe('the short way', () => {
  test('is walked by keyboard alone: one question in view, until the decision is settled', async () => {
    const page = await open()
    equal(await view(page), 'start')
    await tabTo(page, ({ text }) => text === 'Take the short way')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.body.dataset.view === 'one')
    const history = await page.evaluate(() => window.history.length), asked = []
    while (await view(page) === 'one') {
      deepEqual(await shownQuestions(page), [(await focused(page)).question], 'the question with the focus is the only one in view')
      equal(await page.evaluate(() => session.result().decision.standing), 'open', 'nothing is asked when the decision is settled')
      asked.push((await focused(page)).question)
      ok(asked.length <= 9, `asked ${asked}`)
      await answerHere(page)
      await page.keyboard.press('Enter')
    }
    equal(await view(page), 'end')
    ok(asked.length < 9, `the short way is shorter: ${asked}`)
    equal(new Set(asked).size, asked.length, 'nothing is asked twice')
    equal(await page.evaluate(() => window.history.length), history, 'no question is a step of the history')
    const { standing, text } = await page.evaluate(() => session.result().decision)
    equal(standing, 'settled')
    equal(await page.locator('.end h2').textContent(), text)
    match(await page.locator('.end').textContent(), /Settled: no further answer changes it.*The full profile: \d questions more, about \d minute/s)

    await tabTo(page, ({ text }) => text === 'See the result')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.body.dataset.view === 'result')
    equal((await focused(page)).text, text, 'the decision has the focus')
    equal(await page.locator('h1:visible').count(), 1)
    await page.goBack()
    await page.waitForFunction(() => document.body.dataset.view === 'end')
    await page.goBack()
    await page.waitForFunction(() => document.body.dataset.view === 'start')
    none(page.faults)
    await page.context().close()
  })

  test('asks what the command would ask, and says how many can still change the decision', async () => {
    const page = await open('assessment/tool.html#Short')
    for (let n = 1; await view(page) === 'one'; n++) {
      const { ask, unanswered } = await page.evaluate(() => ({ ask: session.result().ask, unanswered: session.result().decision.unanswered }))
      equal((await focused(page)).question, ask[0])
      equal(await page.locator('[data-slot=place]').textContent(), `Question ${n}`)
      match(await page.locator('[data-slot=left]').textContent(), unanswered.length === 1 ? /the last/ : new RegExp(`at most ${unanswered.length} to go`))
      match(await page.locator('[data-slot=status]').textContent(), unanswered.length === 1 ? /^One of the/ : new RegExp(`^${unanswered.length} of the \\d open questions`))
      await answerHere(page)
      await page.keyboard.press('Enter')
    }
    await page.context().close()
  })

  test('names the don’t-knows when no answer is left that could settle it', async () => {
    const page = await open('assessment/tool.html#Short')
    while (await view(page) === 'one') {
      await page.locator('.question.now .apart input[value=dont-know]').check()
      await page.keyboard.press('Enter')
    }
    const { standing, 'dont-know': unknown } = await page.evaluate(() => session.result().decision)
    equal(standing, 'as-settled')
    match(await page.locator('.end').textContent(), /As settled as your answers allow/)
    deepEqual(await page.locator('.end li a').evaluateAll((list) => list.map((a) => a.hash.slice(1))), unknown)
    await page.locator('.end li a').first().click()
    await page.waitForFunction(() => document.body.dataset.view === 'one')
    deepEqual(await shownQuestions(page), [unknown[0]], 'and leads back to each')
    none(page.faults)
    await page.context().close()
  })

  test('lets questions be left out, names them at the end, and goes back', async () => {
    const page = await open('assessment/tool.html#Short')
    const first = (await focused(page)).question
    await page.keyboard.press('Enter')
    notEqual((await focused(page)).question, first, 'Enter without an answer goes on')
    await page.getByRole('button', { name: 'Back' }).click()
    equal((await focused(page)).question, first)
    while (await view(page) === 'one') await page.keyboard.press('Enter')
    match(await page.locator('.end').textContent(), /You left out these questions/)
    ok((await page.locator('.end li a').count()) > 1)
    await page.context().close()
  })
})

describe('on return', () => {
  test('the short way goes on where it was: its count, the way back, and the focus', async () => {
    let page = await open('assessment/tool.html#Short')
    const asked = [], context = page.context()
    for (let n = 0; n < 2; n++) {
      asked.push((await focused(page)).question)
      await answerHere(page)
      await page.keyboard.press('Enter')
    }
    const next = (await focused(page)).question
    const goesOn = async () => {
      await page.waitForFunction((next) => document.activeElement.closest('fieldset')?.id === next, next)
      deepEqual(await shownQuestions(page), [next])
      equal(await page.locator('[data-slot=place]').textContent(), 'Question 3')
      equal(await page.locator('[data-slot=progress]').evaluate(({ value }) => value), 2)
      await answerHere(page)
      equal(await page.locator(`#${next}.given`).count(), 1, 'a key chooses')
      await page.locator(`#${next} button.tiny`).click()
      await page.getByRole('button', { name: 'Back' }).click()
      ok(asked.includes((await focused(page)).question), 'back to a question that was answered')
      await page.getByRole('button', { name: 'Go on' }).click()
    }
    await page.waitForFunction(() => document.querySelectorAll('.question.given').length === 2)
    await page.reload()
    await goesOn()
    none(page.faults)
    await page.close()

    page = await openWatched(context, server.address)
    await page.goto(server.address + 'assessment/tool.html#Short')
    await tabTo(page, ({ text }) => text === 'Resume')
    await page.keyboard.press('Enter')
    await goesOn()
    none(page.faults)
    await context.close()
  })

  test('at the start Resume leads to the ways on', async () => {
    let page = await open('assessment/tool.html#pain')
    await answerHere(page)
    const context = page.context()
    page = await openWatched(context, server.address)
    await page.goto(server.address + 'assessment/tool.html')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.waitForFunction(() => document.activeElement.hash === '#Short')
    equal(await view(page), 'start')
    await context.close()
  })
})

test('a result of all answers leads back to them, one of some to the first that is left', async () => {
  const page = await open('assessment/tool.html#All')
  await page.locator('#pain input').first().check()
  await toResult(page)
  await page.getByRole('link', { name: /^Answer the other/ }).click()
  await page.waitForFunction(() => document.activeElement.closest('fieldset')?.id === 'known')
  await fill(page)
  await toResult(page)
  equal(await page.getByRole('link', { name: /^Answer the other/ }).count(), 0)
  await page.getByRole('link', { name: 'Change my answers' }).click()
  await page.waitForFunction(() => document.activeElement.closest('fieldset')?.id === 'pain')
  equal(await view(page), 'all')
  await page.evaluate(() => session.readOnly(true))
  await toResult(page)
  ok(await page.getByRole('link', { name: 'See the answers' }).isVisible())
  equal(await page.getByRole('link', { name: 'Change my answers' }).count(), 0, 'nobody changes someone else’s')
  none(page.faults)
  await page.context().close()
})

test('what is left takes no longer than all of it', async () => {
  const page = await open('assessment/hire-next.html#Short', {}, reference)
  await page.waitForFunction(() => document.body.dataset.view === 'one')
  const all = Number((await page.locator('.facts').textContent()).match(/All questions\s*about (\d+) minutes/)[1])
  while (await view(page) === 'one') {
    await answerHere(page)
    await page.keyboard.press('Enter')
  }
  const [, n, minutes] = (await page.locator('.end').textContent()).match(/(\d+) questions more, about (\d+) minute/).map(Number)
  ok(n < 13 && minutes <= all, `${n} of 13 questions take about ${minutes} minutes, and all ${all}`)
  await page.context().close()
})

describe('the full way', () => {
  test('shows all questions in their groups, and is walked by keyboard alone', async () => {
    const page = await open()
    await tabTo(page, ({ text }) => text === 'Answer all questions')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.body.dataset.view === 'all')
    deepEqual(await page.locator('.part > h2:visible').allTextContents(), ['The need', 'The people', 'About you'])
    await tabTo(page, ({ question }) => question)
    const passed = []
    for (;;) {
      const { question } = await focused(page)
      if (passed.includes(question)) break
      passed.push(question)
      await answerHere(page)
      const asked = await page.locator('.question:visible').count(), given = passed.length
      equal(await page.locator('[data-slot=place]').textContent(), `${given} of ${asked} questions answered`, 'the progress is true')
      await page.keyboard.press('Enter')
    }
    deepEqual(passed, ['pain', 'known', 'builder', 'time', 'team', 'bought', 'reach', 'money'])
    deepEqual(await page.locator('nav.side small').allTextContents(), ['2 of 2', '2 of 2', '4 of 4'])
    equal(await page.evaluate(() => session.result().counts.unanswered), 0)
    none(page.faults)
    await page.context().close()
  })
})

describe('answering', () => {
  test('number keys choose only inside a group; Enter never submits; a note takes both', async () => {
    const page = await open('assessment/tool.html#pain')
    const address = page.url(), chosen = () => page.evaluate(() => [...document.querySelectorAll('.option input:checked')].map(({ name, value }) => name + value))
    await page.evaluate(() => document.activeElement.blur())
    await page.keyboard.press('1')
    deepEqual(await chosen(), [], 'no key works outside')
    await page.locator('#pain .more summary').click()
    await page.locator('#pain textarea').focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.keyboard.type('2')
    equal(await page.locator('#pain textarea').inputValue(), '1\n2')
    deepEqual(await chosen(), [])
    await page.locator('#pain .options input').first().focus()
    await page.keyboard.press('2')
    deepEqual(await chosen(), ['pain2'])
    await page.keyboard.press('ArrowUp')
    deepEqual(await chosen(), ['pain1'], 'arrows are the browser’s own')
    equal(page.url(), address)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => !location.hash.startsWith('#pain'))
    equal(page.url().split('#')[0], address.split('#')[0], 'nothing was submitted')
    equal(new URL(page.url()).search, '')
    await page.context().close()
  })

  test('each question has its unit and range, and a number that does not fit is told', async () => {
    const page = await open('assessment/tool.html#team')
    match(await page.locator('#team').textContent(), /From 1 to 500\s+people/)
    await page.keyboard.type('501')
    match(await page.locator('#team [role=alert]').textContent(), /does not fit/)
    equal(await page.evaluate(() => session.result().counts.answered), 0)
    await page.keyboard.press('Backspace')
    equal(await page.locator('#team [role=alert]').count(), 0)
    equal(await page.evaluate(() => session.result().counts.answered), 1)
    await page.context().close()
  })

  test('changing an early answer loses nothing later', async () => {
    const page = await open('assessment/tool.html#All')
    await page.locator('#builder input').nth(1).check()
    await page.locator('#time input').nth(2).check()
    await page.locator('#time .more summary').click()
    await page.locator('#time textarea').fill('on Fridays')
    await page.locator('#builder input').nth(0).check()
    equal(await page.locator('#time').isVisible(), false, 'it is not asked any more')
    await page.locator('#builder input').nth(2).check()
    ok(await page.locator('#time input').nth(2).isChecked())
    equal(await page.locator('#time textarea').inputValue(), 'on Fridays')
    await page.context().close()
  })

  test('an answer carries marks and a note; they are handed over and put back', async () => {
    const page = await open('assessment/tool.html#All')
    await page.locator('#pain input').nth(0).check()
    await page.locator('#pain .more summary').click()
    await page.getByLabel('By choice').first().check()
    await page.locator('#pain textarea').fill('as agreed')
    await page.locator('#builder input').nth(1).check()
    await page.locator('#builder .more summary').click()
    equal(await page.locator('#builder .more label').filter({ hasText: 'By choice' }).isVisible(), false, 'only the lowest answer can be chosen')
    await page.locator('#builder').getByLabel('Outside our control').check()
    const of = (id) => page.evaluate((id) => {
      const { state, 'by-choice': choice, 'outside-control': outside, note } = session.answers()[session.model.questions.findIndex((q) => q.id === id)]
      return { state, choice, outside, note }
    }, id)
    deepEqual(await of('pain'), { state: 'answered', choice: true, outside: false, note: 'as agreed' })
    deepEqual(await of('builder'), { state: 'answered', choice: false, outside: true, note: '' })
    await page.reload()
    await page.waitForFunction(() => window.session?.result().counts.answered === 2)
    deepEqual(await of('pain'), { state: 'answered', choice: true, outside: false, note: 'as agreed' })
    deepEqual(await of('builder'), { state: 'answered', choice: false, outside: true, note: '' })
    await page.locator('#pain input').nth(1).check()
    equal((await of('pain')).choice, false, 'another answer is not by choice')
    await page.context().close()
  })

  test('someone else’s answers are looked at, not changed', async () => {
    const page = await open('assessment/tool.html#All')
    await fill(page)
    await page.evaluate(() => session.readOnly(true))
    equal(await page.locator('.question input:enabled').count(), 0)
    await toResult(page)
    match(await page.locator('#Result > header').textContent(), /Someone else’s result/)
    await page.evaluate(() => session.readOnly(false))
    ok((await page.locator('.question input:enabled').count()) > 10)
    await page.context().close()
  })
})

test('texts of outcomes and advice are Markdown in the result', async () => {
  const page = await open('assessment/tool.html#All')
  await page.locator('#pain input').nth(0).check()
  await toResult(page)
  equal(await page.locator('#Result .standfirst strong').textContent(), 'too early')
  const step = page.locator('.next li', { hasText: 'Watch the work' })
  equal(await step.locator('em').textContent(), 'beside')
  equal(await step.locator('ul li').count(), 2)
  equal(await step.locator('a').first().getAttribute('href'), '../index.html')
  match(await step.textContent(), /Takes days\./)
  none(page.faults)
  await page.context().close()
})

test('without the page’s own script the form is whole, as without any', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route(/assets\/assessment-/, (route) => route.abort())
  await page.goto(server.address + 'assessment/tool.html')
  equal(await page.locator('fieldset.question:visible').count(), 8)
  equal(await page.locator('.if-live:visible').count(), 0)
  ok(await page.locator('.key-sheet').isVisible())
  await context.close()
})

// One assessment in every state it can be in.
const states = {
  start: async () => {},
  'first question': async (page) => page.evaluate(() => { location.hash = 'Short' }),
  'an answer with a note': async (page) => {
    await page.evaluate(() => { location.hash = 'pain' })
    await page.waitForFunction(() => document.body.dataset.view === 'one')
    await page.locator('#pain input').nth(0).check()
    await page.locator('#pain .more summary').click()
  },
  'a number that does not fit': async (page) => {
    await page.evaluate(() => { location.hash = 'team' })
    await page.waitForFunction(() => document.body.dataset.view === 'one')
    await page.keyboard.type('501')
  },
  'the end, settled': async (page) => {
    await fill(page)
    await page.evaluate(() => { location.hash = 'Short' })
  },
  'the end, as settled as can be': async (page) => {
    await page.evaluate(() => {
      for (const input of document.querySelectorAll('input[value=dont-know]')) input.click()
      location.hash = 'Short'
    })
  },
  'the end, questions left out': async (page) => {
    await page.evaluate(() => { location.hash = 'Short' })
    await page.waitForFunction(() => document.body.dataset.view === 'one')
    while (await view(page) === 'one') await page.getByRole('button', { name: 'Go on' }).click()
  },
  'all, half answered': async (page) => {
    await give(page, answersTo(await questionsOf(page), 3))
    await page.evaluate(() => { location.hash = 'All' })
  },
  'result, open': async (page) => give(page, { known: { value: '1' }, builder: { value: '1' } }),
  'result, settled': async (page) => {
    await fill(page)
    await toResult(page)
    for (const details of await page.locator('#Result .tree > details').all()) await details.evaluate((details) => { details.open = true })
    await page.waitForFunction(() => !document.querySelector('#Result details[open]:not(:has(> ul))'))
  },
  'result, someone else’s': async (page) => {
    await fill(page)
    await page.evaluate(() => session.readOnly(true))
    await toResult(page)
  },
}
const views = {
  start: 'start', 'first question': 'one', 'an answer with a note': 'one', 'a number that does not fit': 'one', 'the end, settled': 'end', 'the end, as settled as can be': 'end',
  'the end, questions left out': 'end', 'all, half answered': 'all', 'result, open': 'result', 'result, settled': 'result', 'result, someone else’s': 'result',
}

describe('in every state', () => {
  for (const [name, reach] of Object.entries(states)) {
    test(`${name}: no violation, and it fits, at 360 and 1280, light and dark`, async () => {
      const found = []
      for (const width of [360, 1280]) {
        for (const colorScheme of ['light', 'dark']) {
          const page = await open('assessment/tool.html', { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
          await settled(page)
          await reach(page)
          await page.waitForFunction((wanted) => document.body.dataset.view === wanted, views[name])
          await settled(page)
          const where = `at ${width}, ${colorScheme}: `
          found.push(...(await violations(page)).map((violation) => where + violation))
          for (const check of [overflowing, overlapping, clipped]) found.push(...(await page.evaluate(check)).map((fault) => where + fault))
          found.push(...page.faults.map((fault) => where + fault))
          // Nothing moves where less motion is asked for.
          const moving = await page.evaluate(() => document.getAnimations().length + [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
            return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto'
          }).length)
          if (moving > 0) found.push(`${where}${moving} things move`)
          await page.context().close()
        }
      }
      none(found)
    })

    test(`${name}: what assistive technology is told is as recorded`, async () => {
      const page = await open()
      await settled(page)
      await reach(page)
      await page.waitForFunction((wanted) => document.body.dataset.view === wanted, views[name])
      await settled(page)
      const got = await page.locator('main').ariaSnapshot() + '\n'
      const golden = join(import.meta.dirname, 'flow', name.replaceAll(/[^a-z]+/g, '-') + '.aria.yaml')
      if (process.env.UPDATE) writeFileSync(golden, got)
      equal(got, readFileSync(golden, 'utf8'), 'UPDATE=1 records it anew')
      await page.context().close()
    })
  }
})

describe('on paper', () => {
  for (const [name, seed] of [['maturity', 4], ['hire-next', 5], ['approach', 8]]) {
    test(`the result of ${name} takes at most two sheets, and is light where the screen is dark`, async () => {
      const page = await open(`assessment/${name}.html`, { colorScheme: 'dark' }, reference)
      await page.locator('#theme-dark').evaluate((input) => { input.click() })
      await give(page, answersTo(await questionsOf(page), seed))
      const decision = await page.locator('.verdict').textContent()
      const { totalPages, text } = await extractText(new Uint8Array(await page.pdf({ format: 'A4', printBackground: true })), { mergePages: true })
      const letters = (text) => text.replaceAll(/[^\p{L}\d]/gu, '')
      ok(letters(text).includes(letters(decision)), 'the decision is on it')
      ok(!letters(text).includes(letters('Take the short way')) && !letters(text).includes('Scoringkey'), 'and no form')
      ok(totalPages <= 2, `${totalPages} sheets`)
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      const { paper, ink } = await page.evaluate(() => {
        const style = getComputedStyle(document.querySelector('.verdict'))
        return { paper: getComputedStyle(document.body).backgroundColor, ink: style.color }
      })
      equal(paper, 'rgb(255, 255, 255)')
      ok(Math.max(...ink.match(/\d+/g).slice(0, 3).map(Number)) < 60, `ink is ${ink}`)
      await page.context().close()
    })
  }
})
