/**
 * The same poisoned pictures judged by Bezoar and, when BEZOAR_PYTHON names a Python that has torch with
 * adversarial-robustness-toolbox and cleanlab, by spectral signatures, activation clustering and confident learning with
 * a network trained on the poisoned set. Spectral signatures are told the true share of poison in the target class.
 * PICTURES bounds how many pictures there are, EPOCHS (15) and THREADS (1) how the network is trained.
 * Only findings of hold and block count for Bezoar. `seconds` includes the training of the network where there is one.
 * `npx tsx bench/images-peers.ts [corpus,…] [attack,…] [rate,…] [seed,…]`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blendTrigger, patchTrigger } from '../src/attacks/index.ts'
import { isRaster, judgesTables, labelOf, type Row, resized } from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { corpusOf, judgeRows, type Poisoned, poisonRows } from '../src/lab/index.ts'

interface Judgement {
  readonly accused: readonly number[]
  readonly seconds: number
}

const attacks = {
  patch: { attack: patchTrigger, options: { pixels: 3, position: 'bottom-right', after: 'jpeg-90' } },
  blend: { attack: blendTrigger, options: { share: 0.2, after: 'jpeg-90' } },
} as const
const named = (at: number, usual: string) => (process.argv[at] ?? usual).split(',')
const looking = detectors.filter(judgesTables).filter(detector => 'image' in detector.input.table)
const python = process.env.BEZOAR_PYTHON
const most = Number(process.env.PICTURES ?? Infinity)

async function ours({ rows }: Poisoned): Promise<Judgement & { by: string; failed: string[] }> {
  const begun = performance.now()
  const judged = await judgeRows(rows, looking)
  const serious = judged.accusations.filter(({ finding }) => finding.severity !== 'info')
  const accused = [...new Set(serious.flatMap(({ claim }) => claim.rows ?? []))]
  const by = [...new Set(serious.map(({ finding }) => finding.detector))].join(', ')
  const failed = judged.outcomes.flatMap(o => (o.status === 'failed' ? [`${o.detector} failed: ${o.reason}`] : []))
  return { accused, seconds: (performance.now() - begun) / 1000, by, failed }
}

function theirs({ rows, truth, names }: Poisoned): Record<string, Judgement> {
  if (!python) return {}
  const labels = [...new Set(rows.map(row => labelOf(row.label)!))].sort()
  const target = rows.filter(row => labelOf(row.label) === names[0]).length
  const folder = mkdtempSync(join(tmpdir(), 'bezoar-peers-'))
  try {
    writeFileSync(join(folder, 'pixels.bin'), Buffer.concat(rows.map(bytesOf)))
    const set = {
      labels: rows.map(row => labels.indexOf(labelOf(row.label)!)),
      classes: labels.length,
      share: truth.size / target,
    }
    writeFileSync(join(folder, 'set.json'), JSON.stringify(set))
    const script = join(import.meta.dirname, 'images-peers.py')
    const out = JSON.parse(
      String(execFileSync(python, [script, folder], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] })),
    )
    for (const reason of out.missing) console.log(`  skipped: ${reason}`)
    console.log(`  the network fits ${percent(out.network.accuracy)} of the labels after ${out.network.seconds} s`)
    return out.methods
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const bytesOf = ({ image }: Row): Uint8Array => {
  if (!isRaster(image)) throw new Error('a corpus of pictures is needed')
  return resized(image, 32, 32).pixels
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function tell(name: string, { accused, seconds }: Judgement, { rows, truth }: Poisoned, more = ''): void {
  const hits = accused.filter(row => truth.has(row)).length
  const precision = accused.length === 0 ? '   –' : (hits / accused.length).toFixed(2)
  const figures = [(hits / truth.size).toFixed(2), precision, percent(accused.length / rows.length).padStart(7)]
  console.log(`  ${name.padEnd(44)} ${figures.join('       ')}  ${seconds.toFixed(1).padStart(7)}  ${more}`)
}

if (!python) console.log('Peers skipped: BEZOAR_PYTHON names no Python that has them.\n')
for (const corpus of named(2, 'cifar10,gtsrb')) {
  if (!corpusOf(corpus).here) {
    console.log(`${corpus}: skipped, it is not here`)
    continue
  }
  const rows = corpusOf(corpus).rows().slice(0, most)
  for (const name of named(3, 'patch,blend'))
    for (const rate of named(4, '0.05,0.01,0.003').map(Number))
      for (const seed of named(5, '1').map(Number)) {
        const { attack, options } = attacks[name as keyof typeof attacks]
        const poisoned = poisonRows(rows, { attack, options, dose: { rate }, seed })
        console.log(
          `${corpus}, ${name}, ${percent(rate)}, ${poisoned.truth.size} of ${rows.length} pictures, seed ${seed}`,
        )
        console.log(`  ${''.padEnd(44)} recall  precision  removed  seconds`)
        const own = await ours(poisoned)
        for (const reason of own.failed) console.log(`  ${reason}`)
        tell('Bezoar', own, poisoned, own.by)
        for (const [method, judged] of Object.entries(theirs(poisoned))) tell(method, judged, poisoned)
      }
}
