import { Fault, looksSide, looksText, Picture, type PictureFacts, pictureBits, type Unseen } from '../core/index.ts'

/** How a picture looks, or why that cannot be said. */
export type SeenPicture =
  | { readonly looks: string; readonly width: number; readonly height: number; readonly frames: number }
  | { readonly reason: string }

/** More pixels than any camera makes: a small file can claim them, and decoding would take the memory. */
const mostPixels = 1 << 28
const mostSeconds = 20

/** The decoders of raster formats. Everything else, drawings and documents above all, is never opened. */
const allowed = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadTiffBuffer',
  'VipsForeignLoadHeifBuffer',
]

type Sharp = typeof import('sharp')['default']
let ready: Promise<Sharp> | undefined

/**
 * Looks at the first frame of a picture as a viewer shows it: turned as its EXIF data say, on white where it is
 * transparent. Damage is a reason, never an exception. Throws a Fault when the decoder is not installed.
 */
export async function lookAtPicture(bytes: Uint8Array): Promise<SeenPicture> {
  const sharp = await (ready ??= decoder())
  try {
    const picture = sharp(bytes, {
      limitInputPixels: mostPixels,
      sequentialRead: true,
      failOn: 'truncated',
      pages: 1,
      animated: false,
    }).timeout({ seconds: mostSeconds })
    const { width, height, pages = 1 } = await picture.metadata()
    const grey = await picture
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('b-w')
      .resize(looksSide, looksSide, { fit: 'fill', kernel: 'mitchell' })
      .raw()
      .toBuffer()
    if (grey.length !== looksSide * looksSide) return { reason: 'the picture does not become grey' }
    const bits = pictureBits(grey)
    if (bits === null) return { reason: 'the picture is flat: it looks like any other flat one' }
    return { looks: looksText({ of: 'picture', bits }), width, height, frames: pages }
  } catch (reason) {
    return { reason: `the picture does not decode: ${saidBy(reason)}` }
  }
}

/** Longest side that is kept: shape, colour and texture of what a model sees are all there. */
const mostSide = 1024
/** Pixels up to which a picture is kept as it is, whatever its sides. */
const mostKept = mostSide * mostSide

/**
 * Decodes a picture as a viewer shows it (see `Picture`). Damage, and a decoder that is not installed, are reasons, never
 * exceptions.
 */
export async function seePicture(bytes: Uint8Array): Promise<Picture | Unseen> {
  if (bytes.length === 0) return { kind: 'empty-picture', reason: 'the file is empty', bytes }
  let sharp: Sharp
  try {
    sharp = await (ready ??= decoder())
  } catch {
    return { kind: 'no-decoder', reason: 'the optional package "sharp" is not installed', bytes }
  }
  try {
    return await decoded(sharp, bytes)
  } catch (reason) {
    const said = saidBy(reason)
    return {
      kind: /pixel limit/i.test(said) ? 'too-large' : 'bad-picture',
      reason: `it does not decode: ${said}`,
      bytes,
    }
  }
}

async function decoded(sharp: Sharp, bytes: Uint8Array): Promise<Picture> {
  const opened = sharp(bytes, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'truncated', pages: 1 })
  const picture = opened.timeout({ seconds: mostSeconds })
  const { width, height, pages = 1, depth, hasAlpha, space, format, orientation = 1 } = await picture.metadata()
  const facts: PictureFacts = {
    width,
    height,
    format: format ?? 'unknown',
    frames: pages,
    depth: bitsOf[depth ?? ''] ?? 8,
    alpha: hasAlpha ?? false,
    space: space ?? 'unknown',
    orientation,
  }
  const shrunk = width * height > mostKept
  const turned = picture.autoOrient()
  const sized = shrunk ? turned.resize(mostSide, mostSide, { fit: 'inside', withoutEnlargement: true }) : turned
  const { data, info } = await sized
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels = info.channels === 3 ? new Uint8Array(data.buffer, data.byteOffset, data.length) : spread(data, info)
  const exact = !shrunk && !facts.alpha && lossless.has(facts.format) && facts.depth === 8 && facts.space === 'srgb'
  return new Picture({ width: info.width, height: info.height, pixels }, { facts, bytes, exact })
}

const bitsOf: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16, uint: 32, float: 32 }
const lossless: ReadonlySet<string> = new Set(['png', 'tiff', 'gif'])

/** Grey samples as three equal ones. */
function spread(data: Uint8Array, { width, height, channels }: { width: number; height: number; channels: number }) {
  const pixels = new Uint8Array(width * height * 3)
  for (let p = 0; p < width * height; p++) {
    const at = p * channels
    pixels[p * 3] = data[at]!
    pixels[p * 3 + 1] = data[channels > 2 ? at + 1 : at]!
    pixels[p * 3 + 2] = data[channels > 2 ? at + 2 : at]!
  }
  return pixels
}

/** True when pictures can be looked at here. */
export const canLookAtPictures = async (): Promise<boolean> =>
  (ready ??= decoder()).then(
    () => true,
    () => false,
  )

async function decoder(): Promise<Sharp> {
  const { default: sharp } = await import('sharp').catch(cause =>
    Promise.reject(
      new Fault(
        'engine-absent',
        'Pictures cannot be looked at: the optional package "sharp" is not installed.',
        'Install it (npm install sharp), or give --no-pictures: a picture that was re-encoded then counts as changed.',
        { cause },
      ),
    ),
  )
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: allowed })
  // Rows come one after the other; a cache of operations would only keep their pixels.
  sharp.cache(false)
  return sharp
}

/** The first line of what the decoder says, without what it quotes of the file. */
function saidBy(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason)
  return text
    .split('\n')[0]!
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 120)
}
