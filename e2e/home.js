// Takes the picture of the reference site's home page that the README shows:
//     npm run pretest && node home.js
import { join } from 'node:path'
import { launch } from './browser.js'
import { serveFolder } from './server.js'
import { referenceSite } from './sites.js'

const site = await referenceSite()
const server = await serveFolder(site.folder)
const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
await page.goto(server.address + 'index.html')
await page.screenshot({ path: join(import.meta.dirname, '..', 'docs', 'home.png') })
await browser.close()
server.close()
