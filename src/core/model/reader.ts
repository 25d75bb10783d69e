import type { Severity } from '../severity.ts'
import type { Bytes } from './bytes.ts'
import type { Program } from './program.ts'
import type { Tensor } from './tensors.ts'

/** Bounds that keep a hostile model file from taking the machine. */
export interface ModelLimits {
  /** Archives in archives. */
  readonly depth: number
  /** Members of all archives of one file. */
  readonly members: number
  /** Bytes that compressed members of one file may become, all together. */
  readonly expandedBytes: number
  /** Bytes of one member that may be held in memory. */
  readonly memberBytes: number
  /** Steps (opcodes, nodes, tags) of one program. */
  readonly steps: number
}

export const modelLimits: ModelLimits = {
  depth: 16,
  members: 200_000,
  expandedBytes: 2 ** 34,
  memberBytes: 256 << 20,
  steps: 50_000_000,
}

/** A fact about the structure of a file that an honest writer does not produce, or that a person should know. */
export interface Note {
  /** kebab-case, unique over all formats: begins with the format, e.g. `zip-duplicate-member`. */
  readonly rule: string
  readonly severity: Severity
  /** A sentence. Quotes at most 200 characters of the file, in JSON string form. */
  readonly text: string
  /** Place in the bytes of the member; the whole member when absent. */
  readonly start?: number
  readonly end?: number
}

/** Bytes that nobody could read: never clean. */
export interface Unread {
  readonly start: number
  readonly end: number
  /** A sentence: why, e.g. "The member is encrypted." */
  readonly reason: string
}

/** Bytes that were compressed, expanded. */
export interface Unpacked extends Bytes {
  /** Packed bytes that were used: what lies behind them is no part of the compressed stream. */
  readonly used: number
  /** Why not all of them are here, a sentence; absent when the stream is whole. */
  readonly trouble?: string
}

/** What a format says while it reads. Everything is counted in the bytes of the member at hand. */
export interface Examiner {
  /** Name of the file, and of the members down to this one: `model.pt`, `model.pt/archive/data.pkl`. */
  readonly path: string
  readonly limits: ModelLimits
  /** Says that the bytes [start, end) are understood, as what. Each byte must be claimed by somebody. */
  claim(start: number, end: number, as: string): void
  note(note: Note): void
  /** Says that the bytes [start, end) are not understood. They need no claim. */
  unread(unread: Unread): void
  program(program: Program): void
  tensor(tensor: Tensor): void
  /** A fact for people, e.g. `format_version: 3`. At most 100, of 200 characters each. */
  fact(name: string, value: string | number): void
  /**
   * Has bytes inside examined by content, as a member of their own. The caller claims the bytes that hold them.
   * @param as skips the sniffing: what the outer format knows the bytes to be.
   * @returns what was found there; null when a limit forbids to look, which has been said.
   */
  member(name: string, bytes: Bytes, how?: MemberHow): Promise<Member | null>
  /**
   * Claims bytes of a member that was examined before, for layouts: "these are the numbers of a tensor". When they are
   * all of its bytes, what a mere guess at its format gave is forgotten; what a signature told stays.
   * @param instead the layout has read the member itself, another way than its own format: what that one noted of the
   * structure is forgotten, the programs that it found stay
   */
  explain(member: Member, start: number, end: number, as: string, instead?: boolean): void
  /** Expands one compressed stream within the limits; stops and says so at the limit. Closed with the file. */
  expand(codec: string, packed: Bytes): Promise<Unpacked | null>
}

export interface MemberHow {
  readonly as?: string
  /** Where the (stored or packed) bytes are in the outer bytes. */
  readonly start?: number
  readonly end?: number
  /** A second reading of bytes that are read otherwise too (polyglots, hidden entries): its bytes are counted once. */
  readonly again?: boolean
}

/** A file or a member of one: everything that was found in its bytes. */
export interface Member {
  readonly path: string
  /** Name inside the outer member; the file's name for a file. */
  readonly name: string
  /** Id of the format; null when no format knows the bytes. */
  readonly format: string | null
  readonly bytes: Bytes
  readonly size: number
  /** Place in the outer member's bytes. */
  readonly start?: number
  readonly end?: number
  readonly depth: number
  readonly claims: readonly { readonly start: number; readonly end: number; readonly as: string }[]
  readonly notes: readonly Note[]
  readonly unread: readonly Unread[]
  readonly programs: readonly Program[]
  readonly tensors: readonly Tensor[]
  readonly facts: readonly { readonly name: string; readonly value: string | number }[]
  readonly members: readonly Member[]
}

/** What a layout sees: a container whose members have been examined. */
export interface Container {
  readonly format: string
  readonly members: readonly Member[]
}

/** The fact that a member is data in the form of a program: nobody judges its pictures and labels. */
export const picturesInside = { name: 'holds', value: 'pictures and labels' } as const

/** Knows one format of model files, by content. */
export interface ModelFormat {
  readonly id: string
  readonly title: string
  /** Usual endings, for people and for ties; never trusted on their own. */
  readonly extensions: readonly string[]
  /** True when data and prose come in this form too, so that it is no sign of a model: text, JSON, archives. */
  readonly common?: boolean
  /** Formats whose whole reading this one does too: where both know the bytes, only this one reads them. */
  readonly includes?: readonly string[]
  /**
   * How sure the bytes are this format: 0 no, 1 could be, 2 likely, 3 signature. Every format that says 3 reads the
   * bytes (a polyglot is read each way); else the surest does. The name may break ties, never more.
   * @param head the first 64 KiB
   * @param tail the last 64 KiB
   */
  sniff(head: Uint8Array, tail: Uint8Array, name: string, size: number): 0 | 1 | 2 | 3
  /** Reads the bytes; says everything to the examiner. Never throws for bad bytes: it notes them. */
  read?(bytes: Bytes, examiner: Examiner): Promise<void> | void
  /**
   * For formats that are a layout of members in an archive (a torch zip, a Keras archive) or of files in a folder:
   * called when the members are known and examined; says what only all together tell.
   */
  layout?(container: Container, examiner: Examiner): Promise<void> | void
}

/** Declares a format of model files. */
export const modelFormat = (definition: ModelFormat): ModelFormat => definition
