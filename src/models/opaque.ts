import { type ModelFormat, modelFormat } from '../core/index.ts'

/** How a format is known whose contents nobody here can read. */
export interface Opaque {
  readonly id: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Texts that stand at a place in the first bytes: one of them is enough. */
  readonly signs: readonly { readonly at: number; readonly text: string }[]
  /** How sure one is of files that have none of the signs; by the name alone at most 1. */
  readonly otherwise?: (head: Uint8Array, name: string, size: number) => 0 | 1 | 3
  /** A sentence: what it is, and why it is not read. */
  readonly reason: string
}

/** A format that is told and not read: its bytes are never taken for clean. */
export function opaqueFormat({ signs, otherwise, reason, ...of }: Opaque): ModelFormat {
  return modelFormat({
    ...of,
    sniff(head, _tail, name, size) {
      const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1')
      return signs.some(sign => text.startsWith(sign.text, sign.at)) ? 3 : (otherwise?.(head, name, size) ?? 0)
    },
    read: (bytes, examiner) => examiner.unread({ start: 0, end: bytes.size, reason }),
  })
}
