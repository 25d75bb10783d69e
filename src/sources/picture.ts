import { Fault, looksSide, looksText, pictureBits } from '../core/index.ts'

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

/** The decoder, a function that opens bytes. */
export type Sharp = typeof import('sharp')['default']
let ready: Promise<Sharp> | undefined

/**
 * Looks at the first frame of a picture as a viewer shows it: turned as its EXIF data say, on white where it is
 * transparent. Damage is a reason, never an exception. Throws a Fault when the decoder is not installed.
 */
export async function lookAtPicture(bytes: Uint8Array): Promise<SeenPicture> {
  const sharp = await pictureDecoder()
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

/** True when pictures can be looked at here. */
export const canLookAtPictures = async (): Promise<boolean> =>
  pictureDecoder().then(
    () => true,
    () => false,
  )

/** The decoder with all but the allowed loaders blocked. Rejects with a Fault when it is not installed. */
export const pictureDecoder = (): Promise<Sharp> => (ready ??= decoder())

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
  // Several pictures are decoded at a time: threads within one would only wait for each other.
  sharp.concurrency(1)
  return sharp
}

/** The first line of what the decoder says, without what it quotes of the file. */
export function saidBy(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason)
  return text
    .split('\n')[0]!
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 120)
}
