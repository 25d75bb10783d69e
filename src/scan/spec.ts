import type { Column, Limits, Role } from '../core/index.ts'
import type { Codec } from '../sources/index.ts'
import type { PictureFolder } from './pictures/folder-file.ts'
import type { Shape } from './shapes/index.ts'

/** Where the pictures are that an index names. */
export interface Naming {
  readonly root: string
  /** Names in the index that are not those of the files below the root, with the latter. */
  readonly paths: Readonly<Record<string, string>>
}

/** One file of a table, or a folder of pictures, as plain data: enough to read it again without looking at anything else. */
export interface PartSpec {
  readonly name: string
  /** Where the bytes are: the file that was named, or what was expanded from it for the time of reading. */
  readonly path: string
  /** The file that was named. */
  readonly home: string
  /** Name in the archive that was named, where that holds several files. */
  readonly inside: string | null
  /** Which file of an archive at `path` is read; its only one when null. */
  readonly entry: number | null
  readonly format: string
  readonly codec: Codec | null
  readonly member: string | null
  readonly split: string | null
  readonly sizeBytes: number
  /** Of the file that was named. */
  readonly sha256: string | null
  /** The file's own column for each role it has. */
  readonly roles: Readonly<Partial<Record<Role, string>>>
  /** Its columns that hold a conversation, from which further roles are derived. */
  readonly shape: Shape | null
  /** The pictures that stand in the folder `path`, where the part is no file of records. */
  readonly pictures?: PictureFolder
  /** For pictures in an array of their own: the file that holds their labels. */
  readonly labels?: Pick<PartSpec, 'path' | 'name' | 'codec' | 'entry' | 'format' | 'member'>
  /** Names of the classes that its labels count. */
  readonly classes?: readonly string[]
  /** For an index: where the pictures are that it names; those beside the file when absent. */
  readonly naming?: Naming
  /** Oddities of the whole file, reported with its first batch. */
  readonly remarks: readonly { readonly kind: string; readonly message: string; readonly lost: boolean }[]
}

/** A table as plain data. */
export interface TableSpec {
  readonly name: string
  readonly parts: readonly PartSpec[]
  readonly columns: readonly Column[]
  readonly limits: Limits
  readonly rowsPerBatch: number | null
  /** Bytes of one pass. */
  readonly sizeBytes: number
}
