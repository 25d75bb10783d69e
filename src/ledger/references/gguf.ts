import { pinIn, shownUrl } from './pin.ts'
import type { Named } from './reference.ts'

/** Keys of GGUF that say where a model came from; nothing is loaded from there. */
const origin =
  /^general\.(?:source\.(?:url|repo_url|huggingface\.repository)|base_model\.\d+\.repo_url|dataset\.\d+\.repo_url|repo_url)$/
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 }
const text = 8
const mostPairs = 4096

/** What the first metadata of a GGUF file name; stops at the first list, behind which vocabularies begin. */
export function namedInGguf(head: Buffer): Named[] {
  if (head.length < 24 || head.toString('latin1', 0, 4) !== 'GGUF') return []
  const pairs = Math.min(Number(head.readBigUInt64LE(16)), mostPairs)
  const found: Named[] = []
  let at = 24
  const string = (): string | null => {
    if (at + 8 > head.length) return null
    const length = Number(head.readBigUInt64LE(at))
    if (!(length <= head.length - at - 8)) return null
    at += 8 + length
    return head.toString('utf8', at - length, at)
  }
  for (let nth = 0; nth < pairs; nth++) {
    const key = string()
    if (key === null || at + 4 > head.length) break
    const type = head.readUInt32LE(at)
    at += 4
    if (type !== text) {
      const size = sizes[type]
      if (size === undefined) break
      at += size
      continue
    }
    const value = string()
    if (value === null) break
    if (origin.test(key) && value.trim() !== '')
      found.push({ line: 1, url: shownUrl(value), pin: pinIn(value), use: 'named' })
  }
  return found
}
