import { lstat, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Batch,
  type Cell,
  emptyRanked,
  Fault,
  hashRow,
  isPicture,
  type Plain,
  putRanked,
  type Raster,
  type Reopen,
  type RowId,
  rankedValues,
  type Table,
} from '../../core/index.ts'
import { type Embedder, type EmbedderOptions, mostModelBytes, openEmbedder } from '../../sources/index.ts'

/** A user's model that says what pictures look like to it. */
export interface EmbeddingModel extends EmbedderOptions {
  /** An ONNX file. */
  readonly path: string
}

/** Vectors that were made once and are read by every thread. */
interface Made {
  readonly columns: number
  /** Rows, rising. */
  readonly rows: Float64Array
  readonly values: Float32Array
}

/** Rows that are shown to the model: beyond, an even sample. */
const mostRows = 20_000
const mostNumbers = 32 << 20
/** Longer outputs are cut to their first numbers. */
const mostColumns = 4096
const bounds = { items: mostRows, weight: mostNumbers }

/**
 * The table with the role `vector`: what the model makes of each picture, in one pass of its own. Statistics stay pure,
 * for the vectors are cells like others. Throws `Fault` when the table has no pictures or the model cannot be used.
 */
export async function withEmbeddings<T extends Table>(table: T, model: EmbeddingModel): Promise<T> {
  if (!table.roles.has('image') || !table.pictures)
    throw new Fault('missing-role', `${table.name} has no pictures for --model.`, 'Name the column with --image.')
  const embedder = await openEmbedder(basename(model.path), await bytesOf(model.path), model)
  try {
    return embedded(table, shared(await vectorsOf(table, embedder))) as T
  } finally {
    await embedder.close()
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const known = await lstat(path).catch(() => null)
  if (!known?.isFile()) throw new Fault('no-such-path', `There is no model "${path}".`, 'Give an ONNX file.')
  if (known.size > mostModelBytes)
    throw new Fault('unknown-format', `${path} is larger than ${mostModelBytes} bytes.`, 'Give a smaller ONNX model.')
  return readFile(path)
}

interface Vector {
  readonly row: RowId
  readonly values: Float32Array
}

async function vectorsOf(table: Table, embedder: Embedder): Promise<Made> {
  const kept = emptyRanked<Vector>()
  for await (const batch of table.batches()) {
    const seen = await table.pictures!(batch)
    const wanted = seen.flatMap((picture, i): { row: RowId; rank: number; raster: Raster }[] => {
      const row = batch.rows[i]!
      const rank = hashRow(row, 1) >>> 0
      return isPicture(picture) && rank < kept.limit ? [{ row, rank, raster: picture }] : []
    })
    for (let k = 0; k < wanted.length; k += embedder.together) {
      const part = wanted.slice(k, k + embedder.together)
      const made = await embedder.embed(part.map(w => w.raster))
      part.forEach(({ row, rank }, i) => {
        const values = made[i]!.slice(0, mostColumns)
        putRanked(kept, rank, values.length, { row, values }, bounds)
      })
    }
  }
  const vectors = rankedValues(kept, bounds).sort((a, b) => a.row - b.row)
  const columns = vectors[0]?.values.length ?? 0
  const values = new Float32Array(vectors.length * columns)
  vectors.forEach((vector, i) => void values.set(vector.values, i * columns))
  return { columns, rows: Float64Array.from(vectors, v => v.row), values }
}

/** The same in memory that threads share. */
function shared({ columns, rows, values }: Made): Made {
  const own = {
    rows: new Float64Array(new SharedArrayBuffer(rows.byteLength)),
    values: new Float32Array(new SharedArrayBuffer(values.byteLength)),
  }
  own.rows.set(rows)
  own.values.set(values)
  return { columns, ...own }
}

function embedded(table: Table, made: Made): Table {
  const { reopen } = table
  return {
    ...table,
    columns: [...table.columns.map(unnamed), { name: 'vector', role: 'vector', because: 'model' }],
    roles: new Set([...table.roles, 'vector' as const]),
    batches: take => withVectors(table, made, take),
    ...(reopen ? { reopen: reopenOf(reopen, made) } : {}),
  }
}

/** A column that held vectors gives way to what the model says. */
const unnamed = (column: Table['columns'][number]): Table['columns'][number] =>
  column.role === 'vector' ? { name: column.name } : column

/** What travels to other threads: how to open the table itself, and how wide a vector is. */
const reopenOf = (reopen: Reopen, { columns, rows, values }: Made): Reopen => ({
  module: import.meta.url,
  spec: { module: reopen.module, spec: reopen.spec, columns },
  shared: { ...reopen.shared, 'model rows': rows, 'model values': values },
})

/**
 * Opens in another thread the table that plain data describes, with the vectors in shared memory.
 * @public
 */
export async function open(spec: Plain, given: Reopen['shared'] = {}): Promise<Table> {
  const { module: name, spec: inner, columns } = spec as unknown as { module: string; spec: Plain; columns: number }
  const { 'model rows': rows, 'model values': values, ...rest } = given
  const module = (await import(name)) as { open(spec: Plain, shared?: Reopen['shared']): Promise<Table> }
  const table = await module.open(inner, Object.keys(rest).length > 0 ? rest : undefined)
  return embedded(table, { columns, rows: rows as Float64Array, values: values as Float32Array })
}

async function* withVectors(table: Table, made: Made, take?: (index: number) => boolean): AsyncGenerator<Batch> {
  const places = new Map(Array.from(made.rows, (row, i) => [row, i]))
  for await (const batch of table.batches(take)) {
    const cells = Array.from(batch.rows, (row): Cell => {
      const at = places.get(row)
      return at === undefined ? null : [...made.values.subarray(at * made.columns, (at + 1) * made.columns)]
    })
    yield { ...batch, columns: new Map([...batch.columns, ['vector', cells]]) }
  }
}
