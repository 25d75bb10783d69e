import { describe, expect, it } from 'vitest'
import {
  type Cell,
  type Format,
  type Limits,
  pick,
  type Random,
  type RecordFile,
  type Source,
  seeded,
} from '../core/index.ts'

/** A whole file and what must come out of it. */
export interface GoldenFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** What the author of a format promises. */
export interface FormatDeclaration {
  readonly golden: readonly GoldenFile[]
  /** Bytes of other formats that it must not take for its own (no more than "could be"). */
  readonly foreign?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

const limits: Limits = { recordBytes: 1 << 16, expandedBytes: 1 << 22, depth: 32, columns: 200 }
/** Most cuts and mutations of one file that are tried. */
const most = 300

/**
 * The law for formats: a golden file gives exactly its rows however it is cut into batches; a file cut off anywhere, with
 * bytes changed, or of random bytes gives records and defects, never an exception; reading stays within the file.
 */
export function acceptFormat(format: Format, { golden, foreign = [] }: FormatDeclaration): void {
  describe(format.id, () => {
    for (const file of golden) {
      it(`knows ${file.name} and reads its rows, however they are cut`, async () => {
        expect(sniffed(format, file.bytes, file.name)).toBeGreaterThan(0)
        for (const rowsPerBatch of [4096, 1, 3]) {
          const got = await readAll(format, counted(file.name, file.bytes).source, rowsPerBatch)
          expect(got.defects).toEqual([])
          expect(got.rows).toEqual(file.rows)
        }
      })
      it(`gives rows of ${file.name} or defects when it is cut off anywhere`, async () => {
        const step = Math.max(1, Math.ceil(file.bytes.length / most))
        for (let end = 0; end < file.bytes.length; end += step)
          await survives(format, file, file.bytes.slice(0, end), `cut at byte ${end}`)
      })
      it(`gives rows or defects when bytes of ${file.name} are changed`, async () => {
        const random = seeded(file.bytes.length)
        for (let k = 0; k < most; k++) await survives(format, file, changed(file.bytes, random), `change ${k}`)
      })
    }
    it('gives rows or defects for random bytes', async () => {
      const random = seeded(1)
      for (let k = 0; k < most; k++) {
        const bytes = Uint8Array.from({ length: Math.floor(random() * 200) }, () => random() * 256)
        await survives(format, { name: 'noise', rows: [], bytes }, bytes, `noise ${k}`)
      }
    })
    for (const { name, bytes } of foreign)
      it(`does not take ${name} for its own`, () => expect(sniffed(format, bytes, name)).toBeLessThanOrEqual(1))
  })
}

const sniffed = (format: Format, bytes: Uint8Array, name: string): number =>
  format.sniff(bytes.slice(0, 65_536), bytes.slice(-65_536), name)

interface Read {
  readonly rows: readonly Readonly<Record<string, Cell>>[]
  readonly defects: readonly unknown[]
}

async function readAll(format: Format, source: Source, rowsPerBatch = 4096): Promise<Read> {
  const file: RecordFile = await format.open(source, limits)
  expect(file.columns.length).toBeLessThanOrEqual(limits.columns)
  const rows: Record<string, Cell>[] = []
  const defects: unknown[] = []
  for await (const batch of file.records({ rowsPerBatch })) {
    expect(batch.size).toBeLessThanOrEqual(rowsPerBatch)
    expect(batch.records.length).toBe(batch.size)
    for (let i = 0; i < batch.size; i++)
      rows.push(Object.fromEntries([...batch.columns].map(([name, cells]) => [name, cells[i] ?? null])))
    defects.push(...batch.defects)
  }
  return { rows, defects }
}

async function survives(format: Format, { name, rows }: GoldenFile, bytes: Uint8Array, what: string): Promise<void> {
  const { source, read } = counted(name, bytes)
  sniffed(format, bytes, name)
  const got = await readAll(format, source).catch((reason: unknown) => expect.fail(`${what}: ${String(reason)}`))
  expect(got.rows.length, what).toBeLessThanOrEqual(Math.max(rows.length, bytes.length) + 1)
  expect(read(), `${what}: bytes read`).toBeLessThanOrEqual(64 * (bytes.length + 65_536))
}

/** NUL, newline, quote, backslash, the first byte of nothing in UTF-8, and the largest. */
const hostile = [0x00, 0x0a, 0x22, 0x5c, 0x80, 0xff]

/** One to four bytes replaced, left out or doubled. */
function changed(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = [...bytes]
  for (let n = 1 + Math.floor(random() * 4); n > 0 && copy.length > 0; n--) {
    const at = Math.floor(random() * copy.length)
    const kind = random()
    if (kind < 0.25) copy[at] = pick(hostile, random)
    else if (kind < 0.5) copy[at] = Math.floor(random() * 256)
    else if (kind < 0.75) copy.splice(at, 1 + Math.floor(random() * 8))
    else copy.splice(at, 0, ...copy.slice(at, at + 8))
  }
  return Uint8Array.from(copy)
}

/** A source in memory that counts what is read of it. */
function counted(name: string, bytes: Uint8Array): { source: Source; read(): number } {
  let total = 0
  const take = (start: number, end: number) => {
    const part = bytes.subarray(Math.max(0, start), Math.max(0, end))
    total += part.length
    return part
  }
  const source: Source = {
    name,
    size: bytes.length,
    read: async (start, end) => take(start, end),
    async *stream() {
      for (let at = 0; at < bytes.length; at += 37) yield take(at, at + 37)
    },
  }
  return { source, read: () => total }
}
