/** Something in a picture file that is no picture. */
export interface Piece {
  /** Where it stands, e.g. `PNG tEXt`, `JPEG COM`, `after the end`. */
  readonly where: string
  readonly start: number
  readonly end: number
  /** Bytes as they are meant to be read, when the file holds them packed; the packed ones when absent. */
  readonly unpacked?: Uint8Array
  /** True when unpacking was stopped: it would have grown beyond all use. */
  readonly endless?: boolean
}

/** What a walk through a picture file finds. */
export interface Walk {
  readonly format: string
  /** First byte behind the picture; the length of the file when the format has no end or was not walked to it. */
  readonly end: number
  readonly pieces: readonly Piece[]
  /** Honest pictures of this kind have further pictures behind the end (multi-picture JPEG). */
  readonly goesOn: boolean
}

/** No honest file has more pieces that matter. */
export const mostPieces = 256

/** Bytes as letters of Latin-1; what lies beyond the end is not there. */
export const latin = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, Math.max(start, end))).toString('latin1')

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
