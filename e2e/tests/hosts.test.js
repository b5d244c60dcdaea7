// The site on the servers that people have, each started for real on loopback: with
// nothing but the folder named, as a host does that knows nothing of cairn, and with the
// configuration that the page on publishing gives, which is read from that page.
import { after, before, describe, test } from 'node:test'
import { equal, match, ok } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { launch, openWatched } from '../browser.js'
import { none } from '../faults.js'
import { build, copyOfReference, scratch } from '../sites.js'
import { patience } from '../waiting.js'

const missing = 'guides/there-is-no-such-page.html'

/** The code block of the page on publishing whose title ends so. */
function configuration(title) {
  const page = readFileSync(join(import.meta.dirname, '../../content/kit/hosting.md'), 'utf8')
  const block = page.split('```').find((part) => part.includes('{title="') && part.split('\n')[0].includes(title))
  ok(block, `content/kit/hosting.md has no block ${title}`)
  return block.slice(block.indexOf('\n') + 1)
}

/** Writes a path before each address of a configuration that begins with a slash, as the page says. */
function below(text, path) {
  return text.replaceAll('/404.html', path + '/404.html').replaceAll(/(?<=[\s^"])\/(assets\/|\.cairn)/g, path + '/$1').replaceAll('^/assets/', `^${path}/assets/`)
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

// How each server is started: the program, and the files it reads, for a folder and a port.
const servers = {
  nginx: {
    program: '/usr/sbin/nginx',
    plain: (root, port) => `server { listen 127.0.0.1:${port}; root ${root}; include /etc/nginx/mime.types; }`,
    ready: (root, port, path) => below(configuration('nginx'), path).replace('listen 80;', `listen 127.0.0.1:${port};`).replace('/srv/site', root),
    start(folder, text) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
      writeFileSync(join(folder, 'conf'), `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary}\n${text}\n}`)
      return ['-p', folder, '-c', join(folder, 'conf')]
    },
  },
  caddy: {
    program: '/usr/bin/caddy',
    plain: (root, port) => `http://:${port} {\nbind 127.0.0.1\nroot * ${root}\nfile_server\n}`,
    ready: (root, port, path) => below(configuration('Caddyfile'), path).replace('http://decisions.example.org:80 {', `http://:${port} {\nbind 127.0.0.1`).replace('/srv/site', root),
    start(folder, text) {
      writeFileSync(join(folder, 'conf'), `{\nadmin off\nauto_https off\n}\n${text}`)
      return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'conf')]
    },
  },
  apache: {
    program: '/usr/sbin/apache2',
    plain: (root, port) => `Listen 127.0.0.1:${port}\nDocumentRoot ${root}\n<Directory ${root}>\nRequire all granted\n</Directory>`,
    ready: (root, port, path) => `Listen 127.0.0.1:${port}\n` + below(configuration('apache'), path).replace('*:80', `127.0.0.1:${port}`).replaceAll('/srv/site', root),
    start(folder, text) {
      const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')
      writeFileSync(join(folder, 'conf'), `ServerRoot ${folder}\nServerName localhost\nPidFile ${folder}/pid\nErrorLog ${folder}/log\nMutex file:${folder}\n${modules}\nTypesConfig /etc/mime.types\n${text}\n`)
      return ['-D', 'FOREGROUND', '-f', join(folder, 'conf')]
    },
  },
}

function request(address) {
  return new Promise((resolve, reject) => {
    get(address, { agent: false }, (response) => { // a connection of its own: a kept one may be closed just then
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => { body += chunk })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    }).on('error', reject)
  })
}

const taken = /address already in use/i
let count = 0
async function start(name, kind, root, path) {
  const server = servers[name]
  // Somebody else may have taken the free port meanwhile; then there is another.
  for (;;) {
    const folder = join(scratch, `${name}-${++count}`)
    mkdirSync(folder)
    const port = await freePort()
    const text = server[kind](root, port, path)
    const child = spawn(server.program, server.start(folder, text), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder } })
    let said = '', over = false
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { said += chunk })
    const ended = new Promise((resolve) => child.on('close', resolve)).then(() => { over = true })
    const address = `http://127.0.0.1:${port}${path}/`
    for (const end = Date.now() + patience; !over && Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const answers = await request(address).then(() => true, () => false)
      if (answers && !over && !taken.test(said)) return { address, said: () => said, async stop() { child.kill('SIGTERM'); await ended } }
    }
    child.kill('SIGKILL')
    await ended
    if (!taken.test(said)) throw new Error(`${name} does not answer:\n${said}\n${text}`)
  }
}

/** The site for a place: with base-url, and an address that a page had before. */
async function siteFor(path) {
  const root = copyOfReference('hosted' + path.replaceAll('/', '-'))
  const config = join(root, 'config.toml')
  writeFileSync(config, `base-url = "https://example.org${path}/"\n` + readFileSync(config, 'utf8'))
  const guide = join(root, 'content/guides/golden-paths.md')
  writeFileSync(guide, readFileSync(guide, 'utf8').replace('---\n', '---\naliases: [/old/paths/]\n'))
  const site = await build('hosted' + path, root)
  const served = join(scratch, 'srv' + path.replaceAll('/', '-'))
  mkdirSync(join(served, path), { recursive: true })
  cpSync(site.folder, join(served, path), { recursive: true })
  return { ...site, served }
}

let browser, context
const sites = {}
before(async () => {
  browser = await launch()
  context = await browser.newContext()
  for (const path of ['', '/teams/decisions']) sites[path] = await siteFor(path)
})
after(() => browser?.close())

for (const name of Object.keys(servers)) {
  for (const path of ['', '/teams/decisions']) {
    describe(`${name}, at ${path || 'the root'}`, () => {
      test('with nothing but the folder named, every page loads whole and an old address leads on', async () => {
        const site = sites[path]
        const server = await start(name, 'plain', site.served, path)
        try {
          const pages = ['index.html', 'assessment/maturity.html', 'guides/index.html', 'tables/comparison.html']
          const page = await openWatched(context, new URL('/', server.address).href)
          for (const file of [...pages, 'old/paths/']) {
            await page.goto(server.address + file)
            if (file.startsWith('old')) await page.waitForURL(/golden-paths\.html$/)
            ok(await page.locator('h1').first().innerText(), file)
          }
          await page.close()
          none(page.faults)
          equal((await request(server.address + missing)).status, 404)
          for (const file of site.files.filter((file) => file.startsWith('assets/'))) {
            match((await request(server.address + file)).headers['content-type'], /css|javascript|json|image|svg/, file)
          }
        } finally {
          await server.stop()
        }
      })

      test('with the configuration of the page on publishing, it also answers as it should', async () => {
        const site = sites[path]
        const server = await start(name, 'ready', site.served, path)
        try {
          const types = {
            'index.html': /^text\/html; ?charset=utf-8$/i, 'llms.txt': /^text\/plain; ?charset=utf-8$/i, 'index.md': /^text\/markdown; ?charset=utf-8$/i,
            'tables/comparison.csv': /^text\/csv; ?charset=utf-8$/i, 'tables/comparison.json': /^application\/json/, 'sitemap.xml': /^(text|application)\/xml/,
          }
          for (const file of site.files.filter((file) => file.endsWith('.css'))) types[file] = /^text\/css/
          for (const file of site.files.filter((file) => file.endsWith('.js'))) types[file] = /javascript/
          for (const [file, type] of Object.entries(types)) {
            const answer = await request(server.address + file)
            equal(answer.status, 200, file)
            match(answer.headers['content-type'] ?? '', type, file)
            equal(answer.headers['x-content-type-options'], 'nosniff', file)
            const caching = file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate'
            equal(answer.headers['cache-control'], caching, file)
            if (!file.startsWith('assets/')) equal(answer.headers['content-security-policy'], "frame-ancestors 'none'", file)
          }
          const gone = await request(server.address + missing)
          equal(gone.status, 404)
          equal(gone.body, readFileSync(join(site.folder, '404.html'), 'utf8'))
          ok(!gone.headers['cache-control']?.includes('immutable'))
          ok([403, 404].includes((await request(server.address + '.cairn-manifest')).status), 'the manifest is shown')
          const page = await openWatched(context, new URL('/', server.address).href)
          await page.goto(server.address + missing)
          await page.locator('main a').first().click()
          await page.waitForURL(server.address + 'index.html')
          await page.close()
          none(page.faults.filter((fault) => !fault.includes('404')))
        } finally {
          await server.stop()
        }
      })
    })
  }
}
