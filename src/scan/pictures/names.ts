import { closeSync, openSync, readSync } from 'node:fs'
import { mediaOf } from '../../sources/index.ts'

export { isPictureName } from '../../sources/index.ts'

/** Endings of files that are read as something else; what has none of them is looked into. */
const others =
  /\.(csv|tsv|txt|jsonl?|ndjson|parquet|arrow|feather|gz|zst|xz|bz2|7z|zip|tar|md|ya?ml|xml|html?|py|np[yz]|db)$/i

/** Whether a file that is not called a picture begins as one. */
export function beginsAsPicture(path: string): boolean {
  if (others.test(path)) return false
  const head = Buffer.alloc(512)
  try {
    const file = openSync(path, 'r')
    try {
      const { type } = mediaOf(head.subarray(0, readSync(file, head, 0, head.length, 0)))
      return type.startsWith('image/') && type !== 'image/svg+xml'
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}
