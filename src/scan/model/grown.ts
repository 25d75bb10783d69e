import type { Bytes, Member, Note, Program, Tensor, Unread } from '../../core/index.ts'

/** A member while it is examined. */
export interface Grown extends Member {
  readonly claims: { start: number; end: number; as: string }[]
  readonly notes: Note[]
  readonly unread: Unread[]
  readonly programs: Program[]
  readonly tensors: Tensor[]
  readonly facts: { name: string; value: string | number }[]
  readonly members: Grown[]
  format: string | null
}

/** A member of which nothing is known yet. */
export const grown = (
  of: Pick<Member, 'path' | 'name' | 'bytes' | 'depth'> & { start?: number; end?: number },
): Grown => ({
  ...of,
  size: of.bytes.size,
  format: null,
  claims: [],
  notes: [],
  unread: [],
  programs: [],
  tensors: [],
  facts: [],
  members: [],
})

/** Nothing to read. */
export const noBytes: Bytes = { size: 0, read: () => new Uint8Array(0) }
