// axe-core, asked for everything that is a rule and not an experiment.
import axe from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The violations on a page, each with the first elements it was found at. */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (tags) => {
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return result.violations.map((violation) => {
      const places = violation.nodes.slice(0, 3).map((node) => `${node.target} (${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''})`)
      return `${violation.id}: ${violation.help}, ${violation.nodes.length} times: ${places.join('; ')}`
    })
  }, tags)
}
