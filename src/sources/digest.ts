import { createHash } from 'node:crypto'
import type { Source } from '../core/index.ts'

/** SHA-256 of the bytes as stored, lower-case hex. */
export async function sha256Of(source: Source): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of source.stream()) hash.update(chunk)
  return hash.digest('hex')
}
