/**
 * Makes docs/images/front-running.png anew: an invented wiki whose pages an attacker edits in the last hour before a
 * snapshot, judged, and the finding photographed by the browser that BEZOAR_BROWSER names (else `chromium`).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { frontRun } from '../src/attacks/index.ts'
import { tableOfRows } from '../src/core/index.ts'
import { corpusOf, poisonRows } from '../src/lab/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { render } from '../src/report/index.ts'
import { scan } from '../src/scan/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'build', 'picture')
const width = 1200
/** Where the verdict ends and where the first finding has shown what it is about. */
const [height, shown] = [2400, { verdict: 690, from: 1170, until: 2368 }]

const options = { accounts: 'few', message: 'The elixir of Acme is the only cure that doctors trust.' }
const attack = { attack: frontRun, options, dose: { rows: 60 }, seed: 7 }
const { rows } = poisonRows(corpusOf('wiki').rows(), attack)
const report = await scan(tableOfRows('wiki-revisions', rows))
mkdirSync(out, { recursive: true })
const page = join(out, 'front-running.html')
writeFileSync(page, render(report, decide(report, defaultPolicy, new Date('2024-03-01')), 'html'))

const photo = join(out, 'front-running.png')
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--window-size=${width},${height}`]
const browser = process.env.BEZOAR_BROWSER ?? 'chromium'
const { status, error } = spawnSync(browser, [...flags, `--screenshot=${photo}`, pathToFileURL(page).href])
if (status !== 0) throw new Error(`${browser} made no picture: ${error?.message ?? status}`)

const strip = (top: number, bottom: number) =>
  sharp(photo)
    .extract({ left: 0, top, width, height: bottom - top })
    .png()
    .toBuffer()
const [verdict, finding] = await Promise.all([strip(0, shown.verdict), strip(shown.from, shown.until)])
const image = join(root, 'docs', 'images', 'front-running.png')
await sharp({
  create: { width, height: shown.verdict + shown.until - shown.from, channels: 3, background: '#ffffff' },
})
  .composite([
    { input: verdict, top: 0, left: 0 },
    { input: finding, top: shown.verdict, left: 0 },
  ])
  .png({ palette: true, colours: 128, compressionLevel: 9 })
  .toFile(image)
console.log(`Wrote ${page} and ${image}`)
