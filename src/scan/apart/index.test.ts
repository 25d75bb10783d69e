import { describe, expect, it } from 'vitest'
import patchTrigger from '../../attacks/patch-trigger/index.ts'
import { judgesTables, type Table } from '../../core/index.ts'
import { detectors } from '../../detectors/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { heldTable, inventedPictures, poisonRows } from '../../lab/index.ts'
import { statistics } from '../../statistics/index.ts'
import { type JudgeRequest, judge } from '../judge.ts'
import { detectApart } from './index.ts'

const own = detectors.filter(judgesTables).filter(d => d.apart)
const catalogue = new Map(statistics.map(s => [s.id, s]))
const clean = inventedPictures.things!(450, 4)
const { rows } = poisonRows(clean, { attack: patchTrigger, dose: { rows: 20 }, seed: 1 })
/** Said to be as large as tables are that threads pay for. */
const table: Table = { ...heldTable(rows, 64), sizeBytes: 1 << 30 }

const judged = (request: Pick<JudgeRequest, 'threads' | 'signal'>) =>
  judge({ table, engine: foldEngine(table, catalogue, { threads: 1 }), detectors: own, seed: 1, ...request })

describe('detectors in threads of their own', () => {
  it('say the same as in this one', async () => {
    const here = await judged({ threads: 1 })
    expect(here.outcomes.map(({ detector }) => detector)).toEqual(['recurrent-residual', 'repeated-patch'])
    expect(here.outcomes[0]!.findings).not.toEqual([])
    expect(await judged({ threads: 2 })).toEqual(here)
  }, 120_000)

  it('end when they are told to', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 20)
    const { outcomes } = await judged({ threads: 2, signal: stop.signal })
    expect(outcomes.map(({ status, cause }) => [status, cause])).toEqual(own.map(() => ['skipped', 'stopped']))
  })

  it('fail alone, with what their thread said', async () => {
    const context = { table: { name: '', parts: [], columns: [], has: () => true, measure: () => Promise.reject() } }
    const unknown = { ...own[0]!, id: 'no-such-detector' }
    const claims = detectApart(unknown, { ...context, options: {} } as never, { seed: 1, table })
    await expect(claims.next()).rejects.toThrow('no detector "no-such-detector" in its thread')
  })
})
