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
  /** Its format was guessed: no signature told it. */
  guessed: boolean
}

type Known = Pick<Member, 'path' | 'name' | 'bytes' | 'depth'> & { start?: number; end?: number }

/** One shape for all of them: an archive may have two hundred thousand members. */
class Growing implements Grown {
  readonly path: string
  readonly name: string
  readonly bytes: Bytes
  readonly size: number
  readonly depth: number
  declare readonly start?: number
  declare readonly end?: number
  format: string | null = null
  guessed = false
  readonly claims: { start: number; end: number; as: string }[] = []
  readonly notes: Note[] = []
  readonly unread: Unread[] = []
  readonly programs: Program[] = []
  readonly tensors: Tensor[] = []
  readonly facts: { name: string; value: string | number }[] = []
  readonly members: Grown[] = []

  constructor(known: Known) {
    this.path = known.path
    this.name = known.name
    this.bytes = known.bytes
    this.size = known.bytes.size
    this.depth = known.depth
    if (known.start !== undefined) this.start = known.start
    if (known.end !== undefined) this.end = known.end
  }
}

/** A member of which nothing is known yet. */
export const grown = (known: Known): Grown => new Growing(known)

/** Forgets what a guess at the format gave: others know what the bytes are. */
export function forgetGuess(member: Grown): void {
  member.format = null
  member.guessed = false
  for (const found of [
    member.claims,
    member.notes,
    member.unread,
    member.programs,
    member.tensors,
    member.facts,
    member.members,
  ])
    found.length = 0
}

/** Nothing to read. */
export const noBytes: Bytes = { size: 0, read: () => new Uint8Array(0) }
