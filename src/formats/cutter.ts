/** Finds where records begin and end in bytes. Has state: one for each pass. */
export interface Cutter {
  /** Looks for the record at or after `from`: the place where the next begins, or -1 when more bytes are needed. */
  next(bytes: Buffer, from: number, final: boolean): number
  /** Looks for the end of a record that is too long to hold: where the next begins, or -1 when it is not in `bytes`. */
  skip(bytes: Buffer, start: boolean): number
  /** The record found, [start, end), without its terminator. */
  start: number
  end: number
  /** Newlines from `from` to the place returned. */
  lines: number
  /** Newlines between `from` and `start`. */
  leading: number
  /** Set when the record found is not whole: it is counted as lost. */
  fault?: { readonly kind: string; readonly message: string } | undefined
  /** True when no record follows: the place returned is the end. */
  done?: boolean
  /** What is wrong when the data ends while records are still due. */
  unfinished?: { readonly kind: string; readonly message: string } | undefined
}
