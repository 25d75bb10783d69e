import { type Raster, resized } from './raster.ts'

/** What a file says of itself beside its pixels. */
export interface PictureFacts {
  /** Of the stored picture, before it was turned or shrunk. */
  readonly width: number
  readonly height: number
  /** What the bytes are: `jpeg`, `png`, …; `pixels` when they came without a file. */
  readonly format: string
  /** Frames or pages; only the first is looked at. */
  readonly frames: number
  /** Bits a sample. */
  readonly depth: number
  readonly alpha: boolean
  /** Colour space as stored, e.g. `srgb`, `cmyk`, `b-w`. */
  readonly space: string
  /** EXIF orientation; 1 when there is none. */
  readonly orientation: number
}

/**
 * One decoded picture as a viewer shows it: the first frame, turned as its EXIF data say, on white where it is
 * transparent, in 8-bit sRGB, shrunk where it is very large.
 */
export class Picture implements Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  readonly facts: PictureFacts
  /** The file as it is stored; null when the pixels came without one. */
  readonly bytes: Uint8Array | null
  /** True when `pixels` are the stored samples, neither lossy nor changed in any way: their lowest bits mean something. */
  readonly exact: boolean
  readonly #small = new Map<number, Raster>()

  constructor(
    { width, height, pixels }: Raster,
    how: { readonly facts?: PictureFacts; readonly bytes?: Uint8Array | null; readonly exact?: boolean } = {},
  ) {
    this.width = width
    this.height = height
    this.pixels = pixels
    this.facts = how.facts ?? factsOfPixels(width, height)
    this.bytes = how.bytes ?? null
    this.exact = how.exact ?? how.bytes === undefined
  }

  /** The picture as a square of `side` pixels; computed once. */
  square(side: number): Raster {
    let found = this.#small.get(side)
    if (!found) {
      found = resized(this, side, side)
      this.#small.set(side, found)
    }
    return found
  }
}

const factsOfPixels = (width: number, height: number): PictureFacts => ({
  width,
  height,
  format: 'pixels',
  frames: 1,
  depth: 8,
  alpha: false,
  space: 'srgb',
  orientation: 1,
})

/** Why there is no picture to look at, with the kind of defect it is. */
export interface Unseen {
  /** kebab-case, e.g. `bad-picture`, `empty-picture`, `too-large`, `no-file`, `no-decoder`. */
  readonly kind: string
  readonly reason: string
  readonly bytes?: Uint8Array
}

/** What became of the picture of a row; null where the row names none. */
export type Seen = Picture | Unseen | null

export const isPicture = (seen: Seen | undefined): seen is Picture => seen instanceof Picture
