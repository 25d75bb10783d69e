import { describe, expect, it } from 'vitest'
import { open, rowOf } from '../../../test/fixtures/reopened-table.ts'
import { type AnyStatistic, type Plain, statistic, type Table, tableOfRows } from '../../core/index.ts'
import {
  defects,
  groupLabels,
  labelCounts,
  rowSample,
  rowsOf,
  statistics,
  tableProfile,
} from '../../statistics/index.ts'
import type { EngineOptions } from '../engine.ts'
import { foldEngine } from './index.ts'

const catalogue = new Map<string, AnyStatistic>(statistics.map(s => [s.id, s]))
const rows = 3000

const requests = {
  labels: labelCounts.request({ limit: 9 }),
  groups: groupLabels.request({ role: 'source' }),
  profile: tableProfile.request({}),
  defects: defects.request({}),
  sample: rowSample.request({ roles: ['text'], limit: 200, seed: 3 }),
  some: rowsOf.request({ rows: [5, 70, 2999], roles: ['text', 'label'] }),
}

/** The fixture with its trouble in the threads alone. */
async function threaded(trouble: Plain, options: EngineOptions = {}) {
  const table: Table = await open({ rows })
  const reopen = { module: table.reopen!.module, spec: { rows, trouble } }
  return foldEngine({ ...table, reopen }, catalogue, { threads: 2, threadsFromBytes: 0, ...options })
}

describe('the fold', () => {
  it('answers alike in this thread and in workers, pass after pass', async () => {
    const here = foldEngine(await open({ rows }), catalogue, { threads: 1 })
    const expected = await here.measure(requests)
    const seen: [number, number][] = []
    const there = await threaded(null, { onRows: (n, pass) => seen.push([n, pass]) })
    try {
      expect(await there.measure(requests)).toEqual(expected)
      expect(there.rows).toBe(rows)
      expect(await there.measure({ more: labelCounts.request({ limit: 1 }) })).toEqual({
        more: { ...expected.labels, labels: expected.labels.labels.slice(0, 1), other: 2000 },
      })
      expect(seen.at(-1)).toEqual([rows, 3])
      expect(Math.max(...seen.map(([n]) => n))).toBe(rows)
    } finally {
      await there.close()
    }
  })

  it('folds the statistics of plugins in this thread, in the same pass', async () => {
    const plugin = statistic<object, number, number>({
      id: 'rows-seen',
      title: 'Rows',
      roles: () => [],
      init: () => 0,
      add: (n, batch) => n + batch.size,
      merge: (a, b) => a + b,
      finish: n => n,
    })
    const table = await open({ rows })
    const engine = foldEngine(table, new Map([...catalogue, ['rows-seen', plugin]]), {
      threads: 2,
      threadsFromBytes: 0,
    })
    const { n, labels } = await engine.measure({ n: plugin.request({}), labels: requests.labels })
    await engine.close()
    expect([n, labels.rows]).toEqual([rows, rows])
  })

  it.each([
    ['throw', /worker thread failed: the disk is on fire/],
    ['exit', /worker thread failed: it ended early with code 7/],
  ])('says so when a worker meets trouble: %s', async (trouble, message) => {
    const engine = await threaded(trouble)
    await expect(engine.measure({ labels: requests.labels })).rejects.toThrow(message)
    await engine.close()
  })

  it('hands on the fault of the caller', async () => {
    const engine = await threaded('fault')
    await expect(engine.measure({ labels: requests.labels })).rejects.toMatchObject({
      name: 'Fault',
      code: 'no-such-path',
      remedy: 'Put it back.',
    })
    await engine.close()
  })

  it('stops when it is told to, with threads and without', async () => {
    const stop = new AbortController()
    const engine = await threaded('endless', {
      signal: stop.signal,
      onRows: n => n === rows && stop.abort(new Error('enough')),
    })
    await expect(engine.measure({ labels: requests.labels })).rejects.toThrow('enough')
    await expect(engine.measure({ labels: requests.labels })).rejects.toThrow('enough')
    await engine.close()
    const table = tableOfRows(
      't',
      Array.from({ length: 100 }, (_, i) => rowOf(i)),
      10,
    )
    const early = new AbortController()
    const alone = foldEngine(table, catalogue, {
      signal: early.signal,
      onRows: n => n >= 30 && early.abort(new Error('enough')),
    })
    await expect(alone.measure({ labels: requests.labels })).rejects.toThrow('enough')
    expect(alone.rows).toBe(30)
  })
})
