import type { Part } from '../../core/index.ts'
import type { NgramSketchOptions } from '../../statistics/index.ts'

/** Up to this many bytes of table, triples and gapped pairs are read too: beyond, their cost doubles every pass. */
const deepBytes = 64 << 20
/** A compressed byte may stand for several. */
const expansion = 4
/** 8 MiB stay near the processor; more cells would let fewer rare grams through, but each would be a walk to memory. */
const [leastBits, mostBits] = [18, 23]

/** Rows of a table in which the rarest pieces are left out. */
const largeTable = 200_000

/** How large a sketch a table needs: a byte for each of its grams, of which there are about as many as bytes. */
export function sketchFor(parts: readonly Part[]): NgramSketchOptions {
  const bytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  const bits = Math.min(mostBits, Math.max(leastBits, Math.ceil(Math.log2(1 + expansion * bytes))))
  return { bits, deep: bytes <= deepBytes }
}

/** Rows read of a piece: fewer in a large table, where the pieces differ in their rows and all must be held at once. */
export const rowsToRead = (rows: number): number => (rows < largeTable ? 256 : 96)

/** Rows that a piece needs in a large table, where so many are tested that fewer could never reach a line. */
export function leastRowsFor(rows: number, minRows: number, falseAlarms: number): number {
  return rows < largeTable ? minRows : Math.max(minRows, Math.floor(Math.log(rows / falseAlarms) / 2))
}
