import { describe, expect, it } from 'vitest'
import { type Defect, type Row, rowId, type Table, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { accept } from '../../kit/index.ts'
import { judge } from '../../scan/judge.ts'
import { statistics } from '../../statistics/index.ts'
import malformedInput from './index.ts'

const rows: Row[] = Array.from({ length: 50 }, (_, i) => ({ text: `text ${i}`, label: i % 2 }))

/** The rows with defects in their first batch. */
function broken(defects: readonly Defect[]): Table {
  const table = tableOfRows('rows.jsonl', rows)
  return {
    ...table,
    async *batches() {
      for await (const batch of table.batches()) yield batch.index === 0 ? { ...batch, defects } : batch
    },
  }
}

const defect = (record: number, kind: string, lost: boolean, more: Partial<Defect> = {}): Defect => ({
  row: rowId(0, record),
  kind,
  lost,
  message: 'a quote is missing',
  ...more,
})
const some = broken([
  defect(3, 'bad-json', true, { line: 4, column: 17 }),
  defect(9, 'bad-json', true),
  defect(5, 'nul-byte', false),
])

accept(malformedInput, {
  clean: ['reviews'],
  caught: [],
  missed: [],
  matters: { tolerated: 2, places: 1 },
  examples: [
    { name: 'two lost records and one repaired', table: some, finds: ['lost', 'repaired'] },
    { name: 'whole rows', rows, finds: [] },
  ],
})

describe('malformed-input', () => {
  const findingsOf = async (options: Record<string, unknown>) => {
    const engine = foldEngine(some, new Map(statistics.map(s => [s.id, s])))
    const { outcomes } = await judge({
      table: some,
      engine,
      detectors: [malformedInput],
      options: { 'malformed-input': options },
      seed: 1,
    })
    return outcomes[0]!.findings
  }

  it('holds what was lost, tells what was repaired, and names the first place', async () => {
    const findings = await findingsOf({})
    expect(findings.map(f => [f.severity, f.text])).toEqual([
      [
        'hold',
        '2 records went unjudged for "bad-json", the first at rows.jsonl, line 4, column 17: a quote is missing.',
      ],
      ['info', '1 record judged after repair of "nul-byte", the first at rows.jsonl, record 5: a quote is missing.'],
    ])
  })

  it('lets as many go as were tolerated, but still says so', async () => {
    const findings = await findingsOf({ tolerated: 2 })
    expect(findings.map(f => f.severity)).toEqual(['info', 'info'])
  })
})
