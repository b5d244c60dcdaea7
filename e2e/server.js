// A plain static server, as any host would be: it knows files and nothing of cairn.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'text/xml; charset=utf-8',
}

/**
 * Serves a folder on loopback, below a prefix such as /x/y/. A missing file gets the folder's 404.html, if any.
 * Compressed, texts are sent as most hosts do by themselves: gzip at its ordinary level.
 */
export async function serveFolder(folder, prefix = '/', change = undefined, compressed = false) {
  return listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://loopback').pathname)
    const read = (name) => readFileSync(join(folder, name))
    let status = 200, body, name = path.slice(prefix.length)
    if (name === '' || name.endsWith('/')) name += 'index.html'
    try {
      if (!path.startsWith(prefix)) throw new Error('outside the prefix')
      body = read(name)
    } catch {
      status = 404
      name = '404.html'
      try { body = read(name) } catch { body = '' }
    }
    if (change && extname(name) === '.html') body = change(String(body))
    if (compressed) body = gzipSync(body)
    response.writeHead(status, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream', ...compressed && { 'Content-Encoding': 'gzip' } })
    response.end(body)
  }, prefix)
}

/** Serves pages from memory: a map from path to HTML. */
export async function servePages(pages) {
  return listen((request, response) => {
    const body = pages[new URL(request.url, 'http://loopback').pathname]
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': types['.html'] })
    response.end(body)
  }, '/')
}

async function listen(answer, prefix) {
  const server = createServer(answer)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${server.address().port}${prefix}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
