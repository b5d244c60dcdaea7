// Answers to an assessment: drawn, as files hold them, and given in the page's form.
import { patience } from './waiting.js'

/** Chance that is the same each time. */
export function chances(seed) {
  let state = seed * 2654435761 % 4294967296
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor(state / 4294967296 * below)
  }
}

/** The questions as the page asks them. */
export const questionsOf = (page) => page.evaluate(() => [...document.querySelectorAll('fieldset.question')].map((field) => {
  const number = field.querySelector('input[type=number]')
  const values = (selector) => [...field.querySelectorAll(selector)].map((input) => input.value)
  return {
    id: field.id, number: number && { min: +number.min, max: +number.max, step: +number.step },
    options: values('.options:not(.apart) input'), many: field.querySelector('.options input[type=checkbox]') !== null,
    apart: values('.apart input'),
  }
}))

/** A choice as answer files write it: yes and no alone are true and false. */
export const written = (question, option) => question.options.toSorted().join() === 'no,yes' ? option === 'yes' : option

/** Answers to some of the questions, as an answer file has them. */
export function answersTo(questions, seed) {
  const chance = chances(seed), given = {}
  for (const question of questions) {
    if (chance(10) < seed % 4) continue
    if (chance(8) === 0 && question.apart.length > 0) {
      const word = question.apart[chance(question.apart.length)]
      given[question.id] = word === 'none' ? { value: [] } : { state: word }
    } else if (question.number) {
      const { min, max, step } = question.number
      given[question.id] = { value: min + step * chance(Math.min(60, (max - min) / step + 1)) }
    } else if (question.many) {
      given[question.id] = { value: [question.options[chance(question.options.length)]] }
    } else {
      given[question.id] = { value: written(question, question.options[chance(question.options.length)]) }
    }
  }
  return given
}

/** Gives the answers in the form, and waits until the page has said everything. */
export async function give(page, answers) {
  await page.evaluate((answers) => {
    for (const [id, { value, state }] of Object.entries(answers)) {
      const field = document.getElementById(id)
      const words = Array.isArray(value) ? (value.length > 0 ? value : ['none']) : [state ?? (value === true ? 'yes' : value === false ? 'no' : String(value))]
      const number = field.querySelector('input[type=number]')
      if (number && typeof value === 'number') {
        number.value = String(value)
        number.dispatchEvent(new Event('input', { bubbles: true }))
      } else {
        for (const input of field.querySelectorAll('input')) if (words.includes(input.value) && input.type !== 'number') input.click()
      }
    }
  }, answers)
  await settled(page)
  await page.evaluate(() => { location.hash = 'Result' })
  await page.waitForFunction(() => document.body.dataset.view === 'result')
}

export const settled = (page) => page.waitForFunction(() => document.querySelector('#Result-why ~ div').childNodes.length > 0 && !document.querySelector('#Result [aria-busy]'), undefined, { timeout: patience })
