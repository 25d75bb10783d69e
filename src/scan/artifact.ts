import { createHash } from 'node:crypto'
import { type Artifact, type Part, type Table, textOf } from '../core/index.ts'

/**
 * Names and pins what is judged. Parts without a digest of their own (rows in memory) are pinned by their cells.
 * @param named files that the table names and that were judged with it
 */
export async function artifactOf(table: Table, named: readonly Part[] = []): Promise<Artifact> {
  const parts = [...table.parts, ...named].map(({ name, sizeBytes, format, split, sha256 }) => ({
    name,
    sizeBytes,
    format,
    ...(split === undefined ? {} : { split }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }))
  const pinned = parts.every(part => part.sha256 !== undefined)
  const lines = pinned
    ? parts.map(part => `${part.name}\0${part.sha256}`)
    : [`${table.name}\0${await cellsDigest(table)}`]
  const digest = createHash('sha256').update(lines.sort().join('\n')).digest('hex')
  return { name: table.name, kind: 'dataset', digest, parts }
}

/** Row by row, so that how the table is cut into batches changes nothing. */
async function cellsDigest(table: Table): Promise<string> {
  const hash = createHash('sha256')
  for await (const batch of table.batches()) {
    const columns = [...batch.columns].sort(([a], [b]) => (a < b ? -1 : 1))
    for (let i = 0; i < batch.size; i++)
      hash.update(JSON.stringify(columns.map(([role, cells]) => [role, textOf(cells[i])])))
  }
  return hash.digest('hex')
}
