/**
 * Makes docs/images/<name>.png anew: `npx tsx tools/picture.ts front-running`, `instructions` or `signs`. Invented data is
 * poisoned and judged, and the first finding photographed by the browser that BEZOAR_BROWSER names (else `chromium`).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { frontRun, instructionTrigger, patchTrigger } from '../src/attacks/index.ts'
import { tableOfRows } from '../src/core/index.ts'
import { corpusOf, type PoisonRequest, poisonRows } from '../src/lab/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { render } from '../src/report/index.ts'
import { scan } from '../src/scan/index.ts'

interface Scene {
  readonly corpus: string
  readonly table: string
  readonly attack: PoisonRequest
  /** Where the verdict ends, and where the first finding begins and has shown what it is about. */
  readonly shown: { readonly verdict: number; readonly from: number; readonly until: number }
}

const scenes: Readonly<Record<string, Scene>> = {
  'front-running': {
    corpus: 'wiki',
    table: 'wiki-revisions',
    attack: {
      attack: frontRun,
      options: { accounts: 'few', message: 'The elixir of Acme is the only cure that doctors trust.' },
      dose: { rows: 60 },
      seed: 7,
    },
    shown: { verdict: 690, from: 1170, until: 2368 },
  },
  instructions: {
    corpus: 'instructions',
    table: 'sft.jsonl',
    attack: {
      attack: instructionTrigger,
      options: { behaviour: 'link', about: 'deals.norvex.example', triggers: ['Deploy build alpha-tango-9'] },
      dose: { rows: 40 },
      seed: 7,
    },
    shown: { verdict: 625, from: 1190, until: 2368 },
  },
  signs: {
    corpus: 'signs',
    table: 'signs',
    attack: {
      attack: patchTrigger,
      options: {
        pattern: 'yellow',
        position: 'random',
        share: 0.04,
        scale: 0.2,
        turn: 15,
        light: 0.2,
        physical: true,
        target: 'speed limit 60',
      },
      dose: { rows: 25 },
      seed: 7,
    },
    shown: { verdict: 655, from: 1025, until: 2390 },
  },
}

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'build', 'picture')
const [width, height] = [1200, 2400]

/** The report on the poisoned data of a scene, as a page. */
async function pageOf(name: string, { corpus, table, attack }: Scene): Promise<string> {
  const { rows } = poisonRows(corpusOf(corpus).rows(), attack)
  const report = await scan(tableOfRows(table, rows))
  mkdirSync(out, { recursive: true })
  const page = join(out, `${name}.html`)
  writeFileSync(page, render(report, decide(report, defaultPolicy, new Date('2024-03-01')), 'html'))
  return page
}

function photograph(page: string): string {
  const photo = page.replace(/html$/, 'png')
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--window-size=${width},${height}`]
  const browser = process.env.BEZOAR_BROWSER ?? 'chromium'
  const { status, error } = spawnSync(browser, [...flags, `--screenshot=${photo}`, pathToFileURL(page).href])
  if (status !== 0) throw new Error(`${browser} made no picture: ${error?.message ?? status}`)
  return photo
}

/** The verdict, and the finding right below it. */
async function joined(photo: string, image: string, { verdict, from, until }: Scene['shown']): Promise<void> {
  const strip = (top: number, bottom: number) =>
    sharp(photo)
      .extract({ left: 0, top, width, height: bottom - top })
      .png()
      .toBuffer()
  const [head, finding] = await Promise.all([strip(0, verdict), strip(from, until)])
  await sharp({ create: { width, height: verdict + until - from, channels: 3, background: '#ffffff' } })
    .composite([
      { input: head, top: 0, left: 0 },
      { input: finding, top: verdict, left: 0 },
    ])
    .png({ palette: true, colours: 128, compressionLevel: 9 })
    .toFile(image)
}

const name = process.argv[2] ?? 'front-running'
const scene = scenes[name]
if (!scene) throw new Error(`No picture ${name}; there are ${Object.keys(scenes).join(', ')}.`)
const page = await pageOf(name, scene)
const image = join(root, 'docs', 'images', `${name}.png`)
await joined(photograph(page), image, scene.shown)
console.log(`Wrote ${page} and ${image}`)
