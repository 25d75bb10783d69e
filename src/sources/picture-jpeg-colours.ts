/** Samples of one component, in lines of `stride` of which the first `width` are the picture's. */
export interface JpegPlane {
  readonly width: number
  readonly height: number
  readonly stride: number
  readonly samples: Uint8Array
}

const scale = 16
const fixed = (value: number): number => Math.round(value * (1 << scale))
const half = 1 << (scale - 1)
/** What a colour difference adds to red and blue, and takes from green (JFIF). */
const shares = Array.from({ length: 256 }, (_, i) => i - 128)
const reds = Int32Array.from(shares, x => (fixed(1.402) * x + half) >> scale)
const blues = Int32Array.from(shares, x => (fixed(1.772) * x + half) >> scale)
const greensByRed = Int32Array.from(shares, x => -fixed(0.71414) * x)
const greensByBlue = Int32Array.from(shares, x => -fixed(0.34414) * x + half)

const clamped = (value: number): number => Math.max(0, Math.min(255, value))

/** RGB of a grey or a YCbCr picture. */
export function coloured(planes: readonly JpegPlane[], width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3)
  const [light, cb, cr] = planes as [JpegPlane, JpegPlane?, JpegPlane?]
  const [blue, red] = [cb, cr].map(plane => plane && enlarged(plane, width, height))
  for (let y = 0, q = 0; y < height; y++)
    for (let x = 0; x < width; x++, q += 3) {
      const value = light.samples[y * light.stride + x]!
      if (!blue || !red) {
        pixels.fill(value, q, q + 3)
        continue
      }
      const [b, r] = [blue[y * width + x]!, red[y * width + x]!]
      pixels[q] = clamped(value + reds[r]!)
      pixels[q + 1] = clamped(value + ((greensByBlue[b]! + greensByRed[r]!) >> scale))
      pixels[q + 2] = clamped(value + blues[b]!)
    }
  return pixels
}

/** A plane at the size of the picture: samples between others are three parts of the nearer and one of the other. */
function enlarged(plane: JpegPlane, width: number, height: number): Uint8Array {
  const [across, down] = [plane.width < width, plane.height < height]
  const out = new Uint8Array(width * height)
  const line = new Int32Array(plane.width)
  for (let y = 0; y < height; y++) {
    const near = down ? y >> 1 : y
    const far = down ? Math.max(0, Math.min(plane.height - 1, near + (y % 2 === 0 ? -1 : 1))) : near
    for (let x = 0; x < plane.width; x++)
      line[x] = down
        ? 3 * plane.samples[near * plane.stride + x]! + plane.samples[far * plane.stride + x]!
        : plane.samples[near * plane.stride + x]!
    lineInto(out.subarray(y * width, (y + 1) * width), line, { across, down, upper: y % 2 === 0 })
  }
  return out
}

function lineInto(
  out: Uint8Array,
  line: Int32Array,
  { across, down, upper }: { readonly across: boolean; readonly down: boolean; readonly upper: boolean },
): void {
  if (!across) {
    for (let x = 0; x < out.length; x++) out[x] = down ? (line[x]! + (upper ? 1 : 2)) >> 2 : line[x]!
    return
  }
  // Halves are rounded up and down in turn.
  const [shift, before, after] = down ? [4, 8, 7] : [2, 1, 2]
  const last = line.length - 1
  for (let x = 0; x < out.length; x++) {
    const near = x >> 1
    const far = x % 2 === 0 ? near - 1 : near + 1
    if (far < 0 || far > last) out[x] = down ? (4 * line[near]! + (x % 2 === 0 ? before : after)) >> shift : line[near]!
    else out[x] = (3 * line[near]! + line[far]! + (x % 2 === 0 ? before : after)) >> shift
  }
}
