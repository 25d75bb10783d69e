import type { Raster } from './raster.ts'

/** Quantisation of brightness and colour at quality 50 (ITU-T T.81, tables K.1 and K.2), row by row. */
const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
]
const chrominance = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99,
]

/** The table at another quality, by the rule of the Independent JPEG Group that nearly all encoders follow. */
function scaledTable(table: readonly number[], quality: number): number[] {
  const q = Math.min(100, Math.max(1, Math.round(quality)))
  const scale = q < 50 ? Math.floor(5000 / q) : 200 - 2 * q
  return table.map(step => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))))
}

/** Orthonormal cosines: `wave[u * 8 + x]`. */
const wave = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7]
  return Math.sqrt(u === 0 ? 1 / 8 : 2 / 8) * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})

/** One channel of a picture, its sides multiples of eight. */
interface Plane {
  readonly width: number
  readonly height: number
  readonly samples: Float64Array
}

const newPlane = (width: number, height: number): Plane => ({
  width,
  height,
  samples: new Float64Array(width * height),
})

/**
 * What a picture looks like after it was stored as a baseline JPEG with halved colour planes (4:2:0) and the standard
 * tables: the loss, without the file. Agrees with common encoders within about one level a sample.
 * @param quality 1 to 100, on the scale of the Independent JPEG Group
 */
export function jpegLoss(from: Raster, quality: number): Raster {
  const [width, height] = [Math.ceil(from.width / 16) * 16, Math.ceil(from.height / 16) * 16]
  const [y, cb, cr] = planesOf(from, width, height)
  quantise(y!, scaledTable(luminance, quality))
  const colours = [cb!, cr!].map(plane => {
    const small = halved(plane)
    quantise(small, scaledTable(chrominance, quality))
    // Decoders upsample what the picture covers, not the padding.
    return doubled(small, Math.ceil(from.width / 2), Math.ceil(from.height / 2))
  })
  return rgbOf(y!, colours[0]!, colours[1]!, from)
}

const byte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value))

/** Brightness and two colour differences (JFIF), the last column and line repeated up to full blocks. */
function planesOf({ width: w, height: h, pixels }: Raster, width: number, height: number): Plane[] {
  const planes = [newPlane(width, height), newPlane(width, height), newPlane(width, height)]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = (Math.min(y, h - 1) * w + Math.min(x, w - 1)) * 3
      const [r, g, b] = [pixels[p]!, pixels[p + 1]!, pixels[p + 2]!]
      const at = y * width + x
      planes[0]!.samples[at] = byte(0.299 * r + 0.587 * g + 0.114 * b)
      planes[1]!.samples[at] = byte(128 - 0.168736 * r - 0.331264 * g + 0.5 * b)
      planes[2]!.samples[at] = byte(128 + 0.5 * r - 0.418688 * g - 0.081312 * b)
    }
  return planes
}

/** Means of two by two. */
function halved({ width, height, samples }: Plane): Plane {
  const small = newPlane(width / 2, height / 2)
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++) {
      const at = 2 * y * width + 2 * x
      const sum = samples[at]! + samples[at + 1]! + samples[at + width]! + samples[at + width + 1]!
      // Encoders round up and down in turns.
      small.samples[y * small.width + x] = Math.floor((sum + 1 + (x & 1)) / 4)
    }
  return small
}

/** Twice the size with the usual triangle filter: three parts of the nearer sample, one of the farther, both ways. */
function doubled({ width, samples }: Plane, usedWidth: number, usedHeight: number): Plane {
  const large = newPlane(usedWidth * 2, usedHeight * 2)
  for (let y = 0; y < large.height; y++) {
    const near = (y >> 1) * width
    const far = Math.min(usedHeight - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * width
    for (let x = 0; x < large.width; x++) {
      const [close, away] = [x >> 1, Math.min(usedWidth - 1, Math.max(0, (x >> 1) + (x & 1 ? 1 : -1)))]
      const [a, b] = [
        3 * samples[near + close]! + samples[far + close]!,
        3 * samples[near + away]! + samples[far + away]!,
      ]
      large.samples[y * large.width + x] = Math.floor((3 * a + b + (x & 1 ? 7 : 8)) / 16)
    }
  }
  return large
}

/** Brings every block of eight by eight to multiples of the table's steps, and back. */
function quantise({ width, height, samples }: Plane, table: readonly number[]): void {
  const [block, half] = [new Float64Array(64), new Float64Array(64)]
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      const start = top * width + left
      for (let i = 0; i < 64; i++) block[i] = samples[start + (i >> 3) * width + (i & 7)]! - 128
      transform(block, half, (u, x) => u * 8 + x)
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / table[i]!) * table[i]!
      transform(block, half, (x, u) => u * 8 + x)
      for (let i = 0; i < 64; i++) samples[start + (i >> 3) * width + (i & 7)] = byte(block[i]! + 128)
    }
}

/** Cosine transform of a block in place, along lines and then columns; `at` picks the cosine, which turns it around. */
function transform(block: Float64Array, half: Float64Array, at: (to: number, from: number) => number): void {
  for (let line = 0; line < 64; line += 8)
    for (let to = 0; to < 8; to++) {
      let sum = 0
      for (let k = 0; k < 8; k++) sum += block[line + k]! * wave[at(to, k)]!
      half[line + to] = sum
    }
  for (let column = 0; column < 8; column++)
    for (let to = 0; to < 8; to++) {
      let sum = 0
      for (let k = 0; k < 8; k++) sum += half[k * 8 + column]! * wave[at(to, k)]!
      block[to * 8 + column] = sum
    }
}

function rgbOf(luma: Plane, blue: Plane, red: Plane, { width, height }: Raster): Raster {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 3
      const light = luma.samples[y * luma.width + x]!
      const [cb, cr] = [blue.samples[y * blue.width + x]! - 128, red.samples[y * red.width + x]! - 128]
      pixels[p] = byte(light + 1.402 * cr)
      pixels[p + 1] = byte(light - 0.344136 * cb - 0.714136 * cr)
      pixels[p + 2] = byte(light + 1.772 * cb)
    }
  return { width, height, pixels }
}
