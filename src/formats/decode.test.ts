import { expect, it } from 'vitest'
import { type Cell, defaultLimits, type RecordDefect } from '../core/index.ts'
import { memorySource } from '../sources/index.ts'
import { formats } from './index.ts'

async function read(bytes: Uint8Array): Promise<{ cells: Cell[]; defects: RecordDefect[] }> {
  const cells: Cell[] = []
  const defects: RecordDefect[] = []
  const file = await formats.find(format => format.id === 'csv')!.open(memorySource('x.csv', bytes), defaultLimits)
  for await (const batch of file.records({})) {
    cells.push(...(batch.columns.get('text') ?? []))
    defects.push(...batch.defects)
  }
  return { cells, defects }
}

it('reads quotation marks, dashes and the euro of Windows-1252, record by record', async () => {
  const words = Buffer.from('text,label\n\x93five \x80\x94,a\ncaf\xe9 \x96 bar\x85,b\n', 'latin1')
  const { cells, defects } = await read(Buffer.concat([words, Buffer.from('“six €”,c\n')]))
  expect(cells).toEqual(['“five €”', 'café – bar…', '“six €”'])
  expect(defects.map(defect => [defect.kind, defect.record, defect.lost])).toEqual([
    ['bad-encoding', 0, false],
    ['bad-encoding', 1, false],
  ])
})
