/**
 * Are all detectors quiet on instructions, chats, pairs and code that nobody poisoned? Judges every clean corpus of talk
 * whole, then random halves of it, and prints each finding of block and hold in one line, so that an artefact is
 * explained by what is said of it. At most one hold on a corpus, never a block.
 *
 * `npx tsx bench/instructions-quiet.ts [--halves 4] [--on alpaca,kto] [--only response-steering,…] [--from 1] [--fresh 0]`
 * `--fresh` judges so many invented corpora of each kind with new seeds.
 */
import { parseArgs } from 'node:util'
import { judgesTables, type Row, seeded, shuffled } from '../src/core/index.ts'
import { detectors as every } from '../src/detectors/index.ts'
import { corpora, inventedTalk, judgeRows, talkCorpora } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    halves: { type: 'string', default: '4' },
    fresh: { type: 'string', default: '0' },
    on: { type: 'string' },
    only: { type: 'string' },
    from: { type: 'string', default: '1' },
  },
})
/** An honest artefact that a person should look at is no disgrace; a second one is noise. */
const mostHolds = 1

const detectors = every.filter(judgesTables).filter(d => !values.only || values.only.split(',').includes(d.id))
const chosen = talkCorpora.filter(id => !values.on || values.on.split(',').includes(id))
const totals = { tables: 0, loud: 0, blocks: 0, holds: 0 }

async function judged(what: string, rows: readonly Row[], seed: number): Promise<void> {
  const began = performance.now()
  const { accusations, outcomes } = await judgeRows(rows, detectors, { seed })
  const of = (severity: string) => accusations.filter(a => a.finding.severity === severity)
  const ok = of('block').length === 0 && of('hold').length <= mostHolds
  totals.tables++
  if (!ok) totals.loud++
  totals.blocks += of('block').length
  totals.holds += of('hold').length
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const counts = `${of('block').length} block, ${of('hold').length} hold, ${of('info').length} info`
  console.log(`${ok ? 'ok  ' : 'LOUD'} ${what}: ${rows.length} rows, ${counts} (${seconds} s)`)
  for (const { finding } of [...of('block'), ...of('hold')])
    console.log(`       ${finding.severity} ${finding.detector}: ${finding.text.replace(/\s+/g, ' ').slice(0, 300)}`)
  for (const outcome of outcomes.filter(o => o.status === 'failed'))
    console.log(`       FAILED ${outcome.detector}: ${outcome.reason}`)
}

const first = Number(values.from)
for (const id of chosen) {
  const corpus = corpora.get(id)!
  if (!corpus.here) {
    console.log(`${id}: skipped, the file is not here`)
    continue
  }
  const rows = corpus.rows()
  await judged(id, rows, 1)
  for (let seed = first; seed < first + Number(values.halves); seed++) {
    const half = [...shuffled(rows.length, seeded(seed)).subarray(0, rows.length / 2)].sort((a, b) => a - b)
    await judged(
      `${id}, half ${seed}`,
      half.map(i => rows[i]!),
      seed,
    )
  }
  const anew = inventedTalk[id]
  for (let seed = 1; anew && seed <= Number(values.fresh); seed++)
    await judged(`${id} invented anew, seed ${seed}`, anew(rows.length, 100 + seed), seed)
}
const { tables, loud, blocks, holds } = totals
const shown = `${blocks} blocks and ${holds} holds in ${tables} clean tables`
console.log(
  loud === 0 ? `quiet: ${shown}, at most ${mostHolds} hold each` : `LOUD: ${loud} of ${tables} tables; ${shown}`,
)
process.exitCode = loud === 0 ? 0 : 1
