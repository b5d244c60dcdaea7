// How long the page of the longest assessment is busy after an answer: 100 answers in
// headless Chromium, traced, with the form in view and with the result in view. For each
// the longest task until everything is said; printed are median, ninth in ten and worst,
// in milliseconds of the processor and, after the stroke, by the clock. A part of
// `make bench`, not of the tests, for it measures the machine as well.
import { settled } from './answers.js'
import { launch } from './browser.js'
import { serveFolder } from './server.js'
import { referenceSite } from './sites.js'
import { tasksOf } from './tasks.js'

const most = 16 // ms: a frame
const answers = 100

const site = await referenceSite()
const server = await serveFolder(site.folder)
const browser = await launch()
for (const view of ['All', 'Result']) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(server.address + 'assessment/maturity.html#' + view)
  await settled(page)
  const { tasks, marks } = await tasksOf(browser, page, () => page.evaluate(async (answers) => {
    for (let i = 0; i < answers; i++) {
      const fields = [...document.querySelectorAll('fieldset.question:not([hidden]):has(.options:not(.apart))')]
      const inputs = fields[i % fields.length].querySelectorAll('.options:not(.apart) input')
      performance.mark('answer')
      inputs[(i * 7 + Math.floor(i / fields.length) * 3) % inputs.length].click()
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }, answers))
  await page.close()
  const longest = (key) => marks.map((mark) => Math.max(0, ...tasks.filter(({ start, end }) => end >= mark && start < mark + 240).map((task) => task[key]))).sort((a, b) => a - b)
  const work = longest('work'), clock = longest('clock')
  const figures = (at) => `${work[at].toFixed(1)} / ${clock[at].toFixed(1)} ms`
  const median = work.length >> 1
  console.log(`${view}: longest task after each of ${work.length} answers: median ${figures(median)}, nine in ten at most ${figures(Math.floor(work.length * 0.9))}, worst ${figures(work.length - 1)}; wanted ${most} ms`)
  if (work.length !== answers || work[median] > most) process.exitCode = 1
}
await browser.close()
server.close()
