// The two validators of HTML, over all pages at once.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import jar from 'vnu-jar'

/** What html-validate finds on the pages of a folder, by its standard preset. */
export async function htmlValidate(folder, names) {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] })
  const found = []
  for (const name of names) {
    const { results } = await validator.validateString(readFileSync(join(folder, name), 'utf8'), name)
    for (const { messages } of results) {
      found.push(...messages.map(({ ruleId, message, line, column }) => `${name}:${line}:${column}: ${ruleId}: ${message}`))
    }
  }
  return found
}

/**
 * What the Nu validator says of the pages at these addresses, each with its `url`,
 * `message`, `extract` and `lastLine`. It reads them from a host, for with a file in
 * its hands it takes 'self' in a policy for nothing; and it would ask no loopback
 * host without being told to.
 */
export async function nu(addresses) {
  const allowed = ['-Dnu.validator.servlet.allow-forbidden-hosts=true', '-Dnu.validator.servlet.allowed-address-type=all']
  const child = spawn('java', [...allowed, '-jar', String(jar), '--format', 'json', '--exit-zero-always', ...addresses], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => { said += chunk })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`the Nu validator ended with ${code}:\n${said.slice(0, 2000)}`)
  return JSON.parse(said).messages
}

/**
 * Nu takes a block of data for a script that the page's policy forbids. What is no
 * script by its type is never run, so no policy is asked:
 * https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
 */
export const isFalseAlarm = ({ message, extract }) =>
  message.startsWith('Inline script violates Content Security Policy') && /^\s*<script type="application\/(ld\+)?json">/.test(extract.slice(extract.indexOf('<script')))
