/**
 * `npm run lab:models [detector]`: judges every zoo and the published models with each detector of models alone, and
 * writes its accuracy.json. `--check` writes nothing and fails when the fingerprint of one is stale.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AnyModelDetector, canonical, type Finding, judgesModels, type Model } from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { publishedModels } from '../src/lab/index.ts'
import { judgeModel, openModel } from '../src/scan/index.ts'
import type { Sample } from '../test/model-zoo/sample.ts'
import { modelOf, zoos } from '../test/model-zoo/zoos.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** How many of what was judged were held or blocked. */
interface Tally {
  of: number
  hold: number
  block: number
}

/** What was measured of one detector, alone. */
export interface ModelAccuracy {
  /** Fingerprint of the detector's version and options, and of the samples. */
  readonly declared: string
  /** Attack classes in which it found something, of all samples of the class. */
  readonly classes: Readonly<Record<string, Tally>>
  readonly honest: Tally
  /** Published models beside the checkout; damaged ones apart. */
  readonly published: Tally
  readonly damaged: Tally
}

const tally = (): Tally => ({ of: 0, hold: 0, block: 0 })

function add(counts: Tally, findings: readonly Finding[]): void {
  counts.of++
  if (findings.some(f => f.severity === 'block')) counts.block++
  else if (findings.some(f => f.severity === 'hold')) counts.hold++
}

interface Measured {
  readonly classes: Record<string, Tally>
  readonly honest: Tally
  readonly published: Tally
  readonly damaged: Tally
}

type Board = Map<AnyModelDetector, Measured>

async function judge(model: Model, board: Board, counts: (measured: Measured) => Tally): Promise<void> {
  for (const [detector, measured] of board) {
    const { outcomes } = await judgeModel({ model, detectors: [detector], seed: 1 })
    add(counts(measured), outcomes[0]!.findings)
  }
}

const declaredOf = ({ id, version, options }: AnyModelDetector, samples: string): string =>
  createHash('sha256')
    .update(canonical([id, version, options.parse({}), samples]))
    .digest('hex')
    .slice(0, 16)

function fingerprintOf(samples: readonly Sample[]): string {
  const hash = createHash('sha256')
  for (const { name, files } of samples)
    for (const [file, bytes] of Object.entries(files)) hash.update(`${name}\0${file}\0`).update(bytes)
  return hash.digest('hex')
}

const samples = (await zoos()).flatMap(zoo => zoo.samples)
const print = fingerprintOf(samples)
const [wanted] = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const chosen = detectors.filter(judgesModels).filter(d => wanted === undefined || d.id === wanted)
const pathOf = ({ id }: AnyModelDetector) => join(root, 'src', 'detectors', id, 'accuracy.json')

if (process.argv.includes('--check')) {
  const stale = chosen.filter(detector => {
    const path = pathOf(detector)
    const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ModelAccuracy).declared : ''
    return known !== declaredOf(detector, print)
  })
  for (const { id } of stale) console.error(`src/detectors/${id}/accuracy.json is stale: run npm run lab:models`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else await measure()

async function measure(): Promise<void> {
  const board: Board = new Map(
    chosen.map(d => [d, { classes: {}, honest: tally(), published: tally(), damaged: tally() }]),
  )
  for (const sample of samples) {
    await judge(await modelOf(sample.files), board, measured => {
      if (sample.verdict === 'pass') return measured.honest
      measured.classes[sample.class] ??= tally()
      return measured.classes[sample.class]!
    })
  }
  for (const { path, damaged } of publishedModels()) {
    const model = await openModel([path])
    await judge(model, board, measured => (damaged ? measured.damaged : measured.published))
    model.close()
  }
  for (const [detector, { classes, ...rest }] of board) {
    const found = Object.entries(classes).filter(([, { hold, block }]) => hold + block > 0)
    const sorted = Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
    const accuracy: ModelAccuracy = { declared: declaredOf(detector, print), classes: sorted, ...rest }
    writeFileSync(pathOf(detector), `${JSON.stringify(accuracy, null, 2)}\n`)
    console.log(`${detector.id}: ${found.length} classes, ${rest.honest.of} honest samples`)
  }
}
