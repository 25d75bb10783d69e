/**
 * Are all detectors quiet on pictures that nobody poisoned? Judges GTSRB with its tracks, CIFAR-10, invented signs and
 * things, halves of them, and invented folders that repeat themselves for honest reasons (digits, icons, products before
 * white, letter heads, frames of programs, dates, watermarks, borders, marks on medical pictures), each also after JPEG.
 * Never a block; at most one hold on a corpus, and the sum of holds is printed.
 *
 * `npx tsx bench/images-quiet.ts [--on gtsrb,signs,digits] [--halves 2] [--fresh 1] [--rows 800] [--after none,jpeg-75]
 *  [--detectors repeated-patch,…]`; `--fresh` draws so many invented corpora with further seeds.
 */
import { parseArgs } from 'node:util'
import { type Afterwards, isRaster, judgesTables, passed, type Row, seeded, shuffled } from '../src/core/index.ts'
import { detectors as every } from '../src/detectors/index.ts'
import { corpora, honestFolders, inventedPictures, judgeRows, pictureCorpora } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string' },
    halves: { type: 'string', default: '2' },
    fresh: { type: 'string', default: '1' },
    rows: { type: 'string', default: '800' },
    after: { type: 'string', default: 'none' },
    detectors: { type: 'string' },
  },
})
/** An honest artefact that a person should look at is no disgrace; a second one is noise. */
const mostHolds = 1

const detectors = every
  .filter(judgesTables)
  .filter(d => !values.detectors || values.detectors.split(',').includes(d.id))
const wanted = (id: string) => !values.on || values.on.split(',').includes(id)
const totals = { tables: 0, loud: 0, blocks: 0, holds: 0, failed: 0 }

const changed = (rows: readonly Row[], after: Afterwards): readonly Row[] =>
  after === 'none' ? rows : rows.map(row => (isRaster(row.image) ? { ...row, image: passed(row.image, after) } : row))

async function judged(what: string, clean: readonly Row[], seed: number): Promise<void> {
  for (const after of values.after.split(',') as Afterwards[]) {
    const rows = changed(clean, after)
    const began = process.cpuUsage()
    const { accusations, outcomes } = await judgeRows(rows, detectors, { seed })
    const { user, system } = process.cpuUsage(began)
    const of = (severity: string) => accusations.filter(a => a.finding.severity === severity)
    const failed = outcomes.filter(o => o.status === 'failed')
    const ok = of('block').length === 0 && of('hold').length <= mostHolds && failed.length === 0
    totals.tables++
    if (!ok) totals.loud++
    totals.blocks += of('block').length
    totals.holds += of('hold').length
    totals.failed += failed.length
    const counts = `${of('block').length} block, ${of('hold').length} hold, ${of('info').length} info`
    const seconds = ((user + system) / 1e6).toFixed(1)
    const name = after === 'none' ? what : `${what} after ${after}`
    console.log(`${ok ? 'ok  ' : 'LOUD'} ${name}: ${rows.length} rows, ${counts} (${seconds} s of processor time)`)
    for (const { finding } of [...of('block'), ...of('hold')])
      console.log(`       ${finding.severity} ${finding.detector}: ${finding.text.replace(/\s+/g, ' ').slice(0, 300)}`)
    for (const outcome of failed) console.log(`       FAILED ${outcome.detector}: ${outcome.reason}`)
  }
}

for (const id of pictureCorpora.filter(wanted)) {
  const corpus = corpora.get(id)!
  if (!corpus.here) {
    console.log(`${id}: skipped, the file is not here`)
    continue
  }
  const rows = corpus.rows()
  await judged(id, rows, 1)
  for (let seed = 1; seed <= Number(values.halves); seed++) {
    const half = [...shuffled(rows.length, seeded(seed)).subarray(0, rows.length / 2)].sort((a, b) => a - b)
    await judged(
      `${id}, half ${seed}`,
      half.map(i => rows[i]!),
      seed,
    )
  }
}
for (const [id, make] of Object.entries({ ...inventedPictures, ...honestFolders }).filter(([id]) => wanted(id)))
  for (let seed = 1; seed <= Number(values.fresh); seed++)
    await judged(`${id} invented anew, seed ${seed}`, make(Number(values.rows), 100 + seed), seed)

const { tables, loud, blocks, holds, failed } = totals
const shown = `${blocks} blocks, ${holds} holds and ${failed} failures in ${tables} clean tables`
console.log(loud === 0 ? `quiet: ${shown}` : `LOUD: ${loud} of ${tables} tables; ${shown}`)
process.exitCode = loud === 0 ? 0 : 1
