import type { Part } from '../../core/index.ts'
import type { Sampled } from '../sampled.ts'
import { digestOfPictures, sizeOf } from './parts.ts'

/** The pictures that each index of a table names, as parts that have no rows and are pinned with it. */
export async function namedParts(tables: readonly Sampled[], digest: boolean): Promise<Part[]> {
  const parts: Part[] = []
  for (const { part, index } of tables) {
    if (!index) continue
    const files = [...index.named].sort()
    const pictures = { root: index.naming.root, inner: '', files, label: null, labelled: false }
    const sha256 = digest ? { sha256: await digestOfPictures(pictures) } : {}
    parts.push({ name: `pictures named by ${part.name}`, sizeBytes: sizeOf(pictures), format: 'pictures', ...sha256 })
  }
  return parts
}
