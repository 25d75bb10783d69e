/** Bytes somewhere. Ranges outside the source give fewer bytes, never an error. */
export interface Source {
  readonly name: string
  readonly size: number
  /** Bytes [start, end). */
  read(start: number, end: number): Promise<Uint8Array>
  /** The whole, front to back, in chunks. */
  stream(): AsyncIterable<Uint8Array>
  /** Local path when there is one: native readers and workers need it. */
  readonly path?: string
  /** The bytes as they are stored, when these are expanded from them. */
  readonly stored?: Source
}
