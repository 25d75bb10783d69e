import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, defaultLimits, type Format, type RecordBatch } from '../src/core/index.ts'
import { formats } from '../src/formats/index.ts'
import { Broken, codecOf, expanded, memorySource } from '../src/sources/index.ts'

const golden = (name: string) => readFileSync(fileURLToPath(new URL(`golden/${name}`, import.meta.url)))
const rows = JSON.parse(golden('rows.json').toString('utf8')) as { id: number; text: string; label: string }[]
const files: readonly { file: string; format: string }[] = [
  { file: 'rows.json', format: 'json' },
  { file: 'rows.jsonl', format: 'json-lines' },
  { file: 'rows.csv', format: 'csv' },
  { file: 'rows.semicolon.csv', format: 'csv' },
  { file: 'rows.utf16.csv', format: 'csv' },
  { file: 'rows.tsv', format: 'tsv' },
  { file: 'rows.parquet', format: 'parquet' },
  { file: 'rows.arrow', format: 'arrow' },
  { file: 'rows.feather', format: 'arrow' },
  { file: 'rows.sqlite', format: 'sqlite' },
]
const limits = { ...defaultLimits, recordBytes: 1 << 20, expandedBytes: 1 << 24 }
const byId = (id: string): Format => formats.find(format => format.id === id)!

function sniffed(bytes: Uint8Array, name: string): string | undefined {
  const scores = formats.map(f => ({ id: f.id, score: f.sniff(bytes.subarray(0, 65536), bytes.subarray(-64), name) }))
  scores.sort((a, b) => b.score - a.score)
  return scores[0]!.score > 0 ? scores[0]!.id : undefined
}

/** All rows, or `broken` when the file cannot even be opened. Anything but `Broken` is a crash. */
async function readAll(format: Format, bytes: Uint8Array, request = {}) {
  const batches: RecordBatch[] = []
  try {
    const file = await format.open(memorySource('memory', bytes), limits)
    for await (const batch of file.records(request)) batches.push(batch)
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    return { broken: true, records: [], defects: [], cells: (_: string): Cell[] => [] }
  }
  const cells = (name: string): Cell[] => batches.flatMap(batch => [...(batch.columns.get(name) ?? [])])
  return {
    broken: false,
    records: batches.flatMap(b => [...b.records]),
    defects: batches.flatMap(b => b.defects),
    cells,
  }
}

describe.each(files)('$file', ({ file, format: id }) => {
  const bytes = golden(file)
  const format = byId(id)

  it('is known by its content, whatever its name', () => {
    expect(sniffed(bytes, 'data')).toBe(id)
  })

  it('gives the rows of rows.json', async () => {
    const { cells, records, defects } = await readAll(format, bytes)
    expect(defects).toEqual([])
    expect(cells('text')).toEqual(rows.map(row => row.text))
    expect(cells('label')).toEqual(rows.map(row => row.label))
    expect(cells('id').map(Number)).toEqual(rows.map(row => row.id))
    expect(records).toEqual(rows.map((_, i) => i))
  })

  it('gives the same rows in batches of three, and those of a batch alone', async () => {
    const { cells } = await readAll(format, bytes, { rowsPerBatch: 3 })
    expect(cells('text')).toEqual(rows.map(row => row.text))
    const asked: number[] = []
    const take = (index: number) => {
      asked.push(index)
      return asked.length === 2
    }
    const second = await readAll(format, bytes, { rowsPerBatch: 3, take, columns: ['text'] })
    expect(second.cells('text')).toEqual(rows.slice(3, 6).map(row => row.text))
    expect(asked).toHaveLength(4)
  })

  it('reads or reports the file cut off at every byte', async () => {
    // Opening an Arrow file costs most; its twin, the stream, is cut at every byte.
    const step = file === 'rows.feather' ? 7 : 1
    for (let length = 0; length < bytes.length; length += step) {
      const found = await readAll(format, bytes.subarray(0, length))
      const whole = found.records.length === rows.length
      const said = found.broken || found.defects.length > 0 || found.records.length < rows.length
      expect(whole || said, `${length} bytes`).toBe(true)
    }
  })

  it('survives changed bytes', async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async changes => {
        const copy = Uint8Array.from(bytes)
        for (const [at, value] of changes) copy[at] = value
        await readAll(format, copy)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('survives random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async noise => {
        await readAll(format, noise)
        await readAll(format, Buffer.concat([bytes.subarray(0, 100), noise]))
      }),
      { numRuns: 40, seed: 2 },
    )
  })
})

describe('compressed bytes', () => {
  it('keep to the limit on what they expand to', async () => {
    const { gzipSync } = await import('node:zlib')
    const bomb = gzipSync(Buffer.alloc(1 << 24))
    expect(codecOf(bomb)).toBe('gzip')
    let seen = 0
    const read = async () => {
      for await (const chunk of expanded(memorySource('bomb', bomb), 'gzip', 1 << 20).stream()) seen += chunk.length
    }
    await expect(read()).rejects.toMatchObject({ kind: 'too-large' })
    expect(seen).toBeLessThanOrEqual(1 << 20)
  })
  it('are read frame after frame', async () => {
    const frame = golden('words.zst')
    const source = expanded(memorySource('words', Buffer.concat([frame, frame])), 'zstd', 1 << 20)
    expect(Buffer.from(await source.read(0, 1000)).toString()).toBe('plain words\n'.repeat(80))
    const cut = expanded(memorySource('words', frame.subarray(0, frame.length - 3)), 'zstd', 1 << 20)
    await expect(drain(cut.stream())).rejects.toBeInstanceOf(Broken)
  })
})

async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}
