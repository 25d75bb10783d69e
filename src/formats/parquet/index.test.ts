import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import { Picture } from '../../core/index.ts'
import { openTable } from '../../scan/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-parquet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes what a query gives; DuckDB leaves BLOB without a mark, as writers of picture datasets do. */
async function written(name: string, query: string, metadata?: unknown): Promise<string> {
  const path = join(folder, name)
  const db = await DuckDBInstance.create(':memory:')
  const connection = await db.connect()
  const text = JSON.stringify(metadata)?.replaceAll("'", "''")
  const kept = text === undefined ? '' : `, KV_METADATA {huggingface: '${text}'}`
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet${kept})`)
  connection.closeSync()
  db.closeSync()
  return path
}

function png(grey: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)]
    const inner = Buffer.concat([Buffer.from(type, 'latin1'), body])
    head.writeUInt32BE(body.length)
    tail.writeUInt32BE(crc32(inner))
    return Buffer.concat([head, inner, tail])
  }
  const about = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0])
  const lines = deflateSync(Buffer.from([0, grey, grey, 0, grey, grey]))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', about), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))])
}

const blob = (bytes: Buffer): string => `from_hex('${bytes.toString('hex')}')`
const features = { image: { _type: 'Image' }, label: { _type: 'ClassLabel', names: ['stop', 'yield'] } }

async function read(path: string) {
  const table = await openTable([path])
  const [seen, labels]: [unknown[], unknown[]] = [[], []]
  for await (const batch of table.batches()) {
    seen.push(...(await table.pictures!(batch)))
    labels.push(...batch.columns.get('label')!)
  }
  const greys = seen.map(each => (each instanceof Picture ? each.pixels[0] : each))
  return { roles: table.columns.map(({ name, role }) => `${name}:${role}`), greys, labels }
}

describe('pictures in a column', () => {
  it('are the bytes of {bytes, path}, though the path names no file that is there', async () => {
    const row = (grey: number, label: number) =>
      `SELECT {'bytes': ${blob(png(grey))}, 'path': '${grey}.png'} AS image, ${label} AS label`
    const path = await written('hub.parquet', `${row(10, 0)} UNION ALL ${row(200, 1)}`, { info: { features } })
    expect(await read(path)).toEqual({
      roles: ['image:image', 'label:label'],
      greys: [10, 200],
      labels: ['stop', 'yield'],
    })
  })
  it('are bytes without a record around them', async () => {
    const row = (grey: number, label: string) => `SELECT ${blob(png(grey))} AS picture, '${label}' AS label`
    const path = await written('bare.parquet', `${row(9, 'a')} UNION ALL ${row(99, 'b')}`)
    expect(await read(path)).toMatchObject({ greys: [9, 99], labels: ['a', 'b'] })
  })
})

describe('byte strings without a mark', () => {
  const cells = async (query: string) => {
    const path = await written('unsaid.parquet', query)
    const table = await openTable([path], { roles: { text: 'value' } })
    const all = []
    for await (const batch of table.batches()) all.push(...batch.columns.get('text')!)
    return all
  }
  it('are text where all of a column are UTF-8', async () => {
    expect(await cells(`SELECT encode('Straße') AS value UNION ALL SELECT encode('zwei')`)).toEqual(['Straße', 'zwei'])
  })
  it('stay bytes where one of a column is not', async () => {
    const [first, second] = await cells(`SELECT encode('abc') AS value UNION ALL SELECT from_hex('ff00') AS value`)
    expect([first, second]).toEqual([new Uint8Array([97, 98, 99]), new Uint8Array([255, 0])])
  })
})
