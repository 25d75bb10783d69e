import { isDeepStrictEqual } from 'node:util'
import { serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnyRequest,
  type AnyStatistic,
  type Batch,
  type Row,
  type Statistic,
  type Table,
  tableOfRows,
} from '../core/index.ts'
import { chooseEngine, foldEngine } from '../engines/index.ts'
import { statistics } from '../statistics/index.ts'

/** What the law for statistics is tried on. */
export interface StatisticTrial<Options> {
  /** Options to try, each on its own. */
  readonly options: readonly Options[]
  /** Random rows; mixed texts, labels and senders when absent. */
  readonly rows?: fc.Arbitrary<Row>
  /** Row i of a table made to grow the state, e.g. a new label in every row. */
  readonly flood: (i: number) => Row
  /** Rows of the flood at which the state must have reached its bound; 4 times as many are tried. */
  readonly floodRows: number
  /** Random tables to try; 60 when absent. */
  readonly runs?: number
}

/** Texts of all scripts, with the characters that engines disagree about. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.constantFrom('cf', 'good', 'Good', 'bad', 'film', '電影', 'ภาพ', 'İ', 'ß', 'e\u0301', '👍🏽', '𠀀', '...'),
      {
        maxLength: 8,
      },
    )
    .map(words => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** Rows as they come: texts, numbers, gaps and nested cells. */
export const anyRow: fc.Arbitrary<Row> = fc.record({
  text: fc.oneof({ weight: 8, arbitrary: anyText }, { weight: 1, arbitrary: fc.constant(null) }),
  label: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('pos', 'neg', ' neg ', 1, true, '') },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: anyText },
  ),
  source: fc.oneof(fc.constantFrom('a', 'b', 'c'), anyText),
  time: fc.oneof(
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map(d => d.toISOString()),
    anyText,
  ),
})

const catalogue = new Map<string, AnyStatistic>(statistics.map(s => [s.id, s]))

interface Prepared {
  readonly batches: readonly Batch[]
  readonly prior: unknown
}

async function prepared(statistic: AnyStatistic, table: Table, options: unknown): Promise<Prepared> {
  const request: AnyRequest | undefined = statistic.prior?.(options)
  const prior = request ? (await foldEngine(table, catalogue).measure({ request })).request : undefined
  const batches: Batch[] = []
  for await (const batch of table.batches())
    batches.push(statistic.looks && table.pictures ? { ...batch, pictures: await table.pictures(batch) } : batch)
  return { batches, prior }
}

const folded = (statistic: AnyStatistic, { batches, prior }: Prepared, options: unknown): unknown =>
  batches.reduce((state, batch) => statistic.add(state, batch, options), statistic.init(options, prior))

/**
 * The law for statistics: shards merge to the answer of one pass in whatever order, how rows are cut changes nothing,
 * the state is bounded when every row brings something new, and a database finds the same state as the fold.
 */
export function lawfulStatistic<Options, State, Answer, Prior>(
  statistic: Statistic<Options, State, Answer, Prior>,
  trial: StatisticTrial<Options>,
): void {
  const any = statistic as AnyStatistic
  const rows = fc.array(trial.rows ?? anyRow, { maxLength: 60 })
  const numRuns = trial.runs ?? 60
  describe.each(trial.options.map(options => [JSON.stringify(options).slice(0, 80), options] as const))(
    '%s',
    (_, options) => {
      it('merges shards in any order, however the rows are cut', async () => {
        await fc.assert(
          fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat(2)), (all, cut, shards) =>
            mergesAlike(any, all, cut, shards, options),
          ),
          { numRuns },
        )
      })
      it('keeps its state bounded in a flood', async () => {
        const size = async (n: number) =>
          serialize(folded(any, await prepared(any, flooded(trial.flood, n), options), options)).length
        const [once, often] = [await size(trial.floodRows), await size(4 * trial.floodRows)]
        expect(often).toBeLessThan(2.2 * once + 1024)
      })
      it.skipIf(!any.sql)('is found alike by a database', async () => {
        await fc.assert(
          fc.asyncProperty(rows, async all => {
            const table = tableOfRows('random', all)
            const sql = await chooseEngine(table, { engine: 'sql', threads: 1 })
            try {
              const request = { statistic: statistic.id, options }
              const expected = (await foldEngine(table, catalogue).measure({ request })).request
              alike((await sql.measure({ request })).request, expected)
            } finally {
              await sql.close()
            }
          }),
          { numRuns: Math.ceil(numRuns / 12) },
        )
      })
    },
  )
}

async function mergesAlike(
  statistic: AnyStatistic,
  rows: readonly Row[],
  cut: number,
  shards: Iterator<number>,
  options: unknown,
): Promise<void> {
  const whole = await prepared(statistic, tableOfRows('random', rows), options)
  const { batches } = await prepared(statistic, tableOfRows('random', rows, cut), options)
  const owner = batches.map(() => shards.next().value as number)
  const shard = (k: number) =>
    folded(statistic, { batches: batches.filter((_, i) => owner[i] === k), prior: whole.prior }, options)
  const merge = (a: unknown, b: unknown) => statistic.merge(a, b, options)
  const expected = statistic.finish(folded(statistic, whole, options), options)
  alike(statistic.finish(merge(merge(shard(0), shard(1)), shard(2)), options), expected)
  alike(statistic.finish(merge(shard(2), merge(shard(1), shard(0))), options), expected)
}

/** Asks the fast comparison first: telling the difference of large arrays one by one takes seconds. */
function alike(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected)
}

/** A table whose rows are made as they are read. */
function flooded(row: (i: number) => Row, rows: number): Table {
  const perBatch = 4096
  const at = (index: number) =>
    Array.from({ length: Math.min(perBatch, rows - index * perBatch) }, (_, i) => row(index * perBatch + i))
  return {
    ...tableOfRows('flood', at(0)),
    async *batches() {
      for (let index = 0; index * perBatch < rows; index++)
        for await (const batch of tableOfRows('flood', at(index), perBatch).batches())
          yield { ...batch, index, rows: batch.rows.map(id => id + index * perBatch) }
    },
  }
}
