// The two sites that are looked at, built by the real program into folders of their
// own: the reference site of this repository, and what `cairn new` writes.
import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { patience } from './waiting.js'

const repository = join(import.meta.dirname, '..')
const program = join(import.meta.dirname, '.built', 'cairn')
const run = promisify(execFile)

export async function cairn(...args) {
  if (!existsSync(program)) throw new Error(`${program} is not there; npm test builds it first`)
  return run(program, args)
}

/** A folder of this process that goes when it ends. */
export const scratch = mkdtempSync(join(tmpdir(), 'cairn-e2e-'))
process.on('exit', () => {
  try { rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }) } catch { /* a program that is ending writes there still */ }
})

/** Writes a file at one stroke, for a preview that watches it: beside all sites, then put into its place. */
export function save(file, text) {
  const written = join(scratch, 'saved')
  writeFileSync(written, text)
  renameSync(written, file)
}

/** A copy of the project of the reference site: its data, without code. */
export function copyOfReference(name) {
  const root = join(scratch, name)
  mkdirSync(root)
  for (const part of ['config.toml', 'content', 'assessment']) {
    cpSync(join(repository, part), join(root, part), { recursive: true })
  }
  return root
}

/** Builds the project and returns the built site. */
export async function build(name, root) {
  await cairn('build', '--root', root)
  const folder = join(root, 'public')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort()
  return { name, root, folder, files, pages: files.filter((file) => file.endsWith('.html')) }
}

export async function referenceSite() {
  return build('reference', copyOfReference('reference'))
}

/** The reference site as it is built for this address. */
export async function referenceSiteAt(base) {
  const root = copyOfReference('reference-at')
  const config = join(root, 'config.toml')
  const lines = readFileSync(config, 'utf8').replace(/^base-url.*$/m, '')
  writeFileSync(config, `base-url = "${base}"\n${lines}`)
  return build('reference with a base-url', root)
}

export async function starterSite() {
  const root = join(scratch, 'starter')
  await cairn('new', root)
  return build('starter', root)
}

/** Every construct once, with words too long, names too long and code too wide. */
export async function constructsSite() {
  const root = join(scratch, 'constructs')
  cpSync(join(import.meta.dirname, 'constructs'), root, { recursive: true })
  return build('constructs', root)
}

/** One assessment with one of everything that a reader meets on the way through it. */
export async function flowSite() {
  const root = join(scratch, 'flow')
  cpSync(join(import.meta.dirname, 'flow'), root, { recursive: true })
  return build('flow', root)
}

/**
 * The texts an assessment's file holds, read by line and not by cairn: what stands
 * there must stand on the page.
 */
export function assessmentsOf(site) {
  return readdirSync(join(site.root, 'assessment')).filter((name) => name.endsWith('.toml')).map((name) => {
    const source = readFileSync(join(site.root, 'assessment', name), 'utf8')
    const questions = []
    const dimensions = []
    let section = ''
    for (const line of source.split('\n')) {
      const header = line.match(/^\s*\[\[([a-z.]+)\]\]/)
      if (header) {
        section = header[1]
        if (section === 'question') questions.push({ text: '', kind: '', options: [] })
      }
      // [^\\"] : none of these texts needs an escape; one that does fails the test loudly
      const value = (key) => line.match(new RegExp(`(?:^|[\\s{,])${key}\\s*=\\s*"([^"]*)"`))?.[1]
      const current = questions.at(-1)
      if (section === 'question' && value('text') !== undefined) current.text = value('text')
      if (section === 'question' && value('kind') !== undefined) current.kind = value('kind')
      if (section === 'question.option' && value('text') !== undefined) current.options.push(value('text'))
      if (section === 'dimension' && value('title') !== undefined) dimensions.push(value('title'))
    }
    return { page: 'assessment/' + name.replace('.toml', '.html'), questions, dimensions }
  })
}

/** Starts the preview of a project; resolves when it says that the site is ready, or with `ready: false` where it is. */
export function preview(root, { ready = true, port = 0 } = {}) {
  const child = spawn(program, ['serve', '--port', String(port), '--root', root], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const started = new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk
      const address = said.match(/http:\/\/localhost:(\d+)\//)
      if (address && (!ready || said.includes('ready:'))) resolve(Number(address[1]))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`cairn serve ended with ${code}:\n${said}`)))
    setTimeout(() => reject(new Error(`cairn serve is not ready:\n${said}`)), patience).unref()
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return started.then((port) => ({ port, origin: `http://localhost:${port}`, said: () => said, stop }), async (fault) => {
    await stop()
    throw fault
  })
}
