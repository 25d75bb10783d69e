import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { type Bytes, memoryBytes } from '../core/index.ts'

/** Bounds of an expansion. */
export interface ExpandLimits {
  /** More bytes than this are not made. */
  readonly mostBytes: number
  /** More bytes than this go to a temporary file. */
  readonly memoryBytes: number
  /** Length that the container promises. */
  readonly expected?: number | undefined
}

/** Compressed bytes, expanded; to be closed. */
export interface Expanded {
  readonly bytes: Bytes
  /** Why not all of them are here; a sentence. */
  readonly trouble?: string
  close(): void
}

/** Expands compressed bytes within limits. What could be expanded before the damage is given. */
export async function expandBytes(
  codec: string,
  packed: Bytes,
  { mostBytes, memoryBytes: most }: ExpandLimits,
): Promise<Expanded | { readonly reason: string }> {
  const data = packed.read(0, packed.size)
  const how = { maxOutputLength: Math.min(most, mostBytes), finishFlush: constants.Z_SYNC_FLUSH }
  const unpack = { deflate: inflateRawSync, zlib: inflateSync, gzip: gunzipSync }[codec]
  if (!unpack) return { reason: `Nothing here expands ${codec}.` }
  try {
    return { bytes: memoryBytes(unpack(data, how)), close: () => {} }
  } catch (reason) {
    return { reason: `The ${codec} data could not be expanded: ${reason instanceof Error ? reason.message : ''}.` }
  }
}
