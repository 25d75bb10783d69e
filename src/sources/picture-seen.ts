import { Picture, type PictureFacts, type Raster, resized, type Unseen } from '../core/index.ts'
import { Broken } from './broken.ts'
import { mediaOf } from './media.ts'
import { pictureDecoder, type Sharp, saidBy } from './picture.ts'
import { jpegHead, type PictureHead, refusalOf } from './picture-head.ts'
import { smallJpeg } from './picture-jpeg.ts'
import { bitmap, checkSize, netpbm, type PlainPicture } from './picture-plain.ts'
import { smallPng } from './picture-png.ts'

/** More pixels than scanners and satellites deliver in one file of a dataset: decoding would take the memory. */
const mostPixels = 1 << 27
/** A file of this many pixels that has fewer bytes than a hundredth of them is built to take memory and time. */
const wild = { pixels: 1 << 24, perByte: 100 }
const mostSeconds = 20
/** Longest side that is kept: shape, colour and texture of what a model sees are all there. */
const mostSide = 1024
/** Pixels up to which a picture is kept as it is, whatever its sides. */
const mostKept = mostSide * mostSide
/** Larger ones are decoded one at a time: their lines may all be in memory together. */
const largePixels = 1 << 23

/**
 * Decodes a picture as a viewer shows it (see `Picture`). What the bytes are decides, never what the file is called.
 * Damage, and a decoder that is not installed, are reasons, never exceptions.
 */
export async function seePicture(bytes: Uint8Array): Promise<Picture | Unseen> {
  if (bytes.length === 0) return { kind: 'empty-picture', reason: 'the file is empty', bytes }
  try {
    return seenHere(bytes) ?? (await seenByDecoder(bytes))
  } catch (reason) {
    if (reason instanceof Broken) return { kind: reason.kind, reason: reason.message, bytes }
    const said = saidBy(reason)
    const kind = /pixel limit/i.test(said) ? 'too-large' : 'bad-picture'
    return { kind, reason: `it does not decode: ${said}`, bytes }
  }
}

/** Pictures that need no decoder: bitmaps, Netpbm and the plain ones of small PNG and JPEG files. */
function seenHere(bytes: Uint8Array): Picture | null {
  const [first, second] = bytes
  if (first === 0x89 && second === 0x50) {
    const png = smallPng(bytes)
    return png && new Picture(png.raster, { facts: factsOf(png.raster, 'png', 8, png.grey), bytes, exact: true })
  }
  if (first === 0xff && second === 0xd8) return plainSmallJpeg(bytes)
  const isNetpbm = first === 0x50 && second! >= 49 && second! <= 54 && (bytes[2]! <= 32 || bytes[2] === 35)
  if (isNetpbm) return plainly(netpbm(bytes, mostPixels), 'netpbm', bytes)
  if (first === 0x42 && second === 0x4d) return plainly(bitmap(bytes, mostPixels), 'bmp', bytes)
  return null
}

function plainSmallJpeg(bytes: Uint8Array): Picture | null {
  const head = bytes[2] === 0xff ? jpegHead(bytes) : null
  // Pictures that are turned, and colours by a profile, are for the decoder.
  const raster = head && head.orientation === 1 && !head.profiled ? smallJpeg(bytes, head) : null
  return raster && picture(raster, factsOf(raster, 'jpeg', 8, head!.channels === 1), bytes, false)
}

function plainly({ raster, depth, grey }: PlainPicture, format: string, bytes: Uint8Array): Picture {
  const small = raster.width * raster.height <= mostKept ? raster : shrunk(raster)
  const facts = factsOf(raster, format, depth, grey)
  return new Picture(small, { facts, bytes, exact: small === raster && depth === 8 })
}

function shrunk(raster: Raster): Raster {
  const scale = mostSide / Math.max(raster.width, raster.height)
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return resized(raster, side(raster.width), side(raster.height))
}

const factsOf = ({ width, height }: Raster, format: string, depth: number, grey: boolean): PictureFacts => ({
  width,
  height,
  format,
  frames: 1,
  depth,
  alpha: false,
  space: grey ? 'b-w' : 'srgb',
  orientation: 1,
})

async function seenByDecoder(bytes: Uint8Array): Promise<Picture | Unseen> {
  const refusal = refusalOf(bytes)
  if (refusal) return { ...refusal, bytes }
  let sharp: Sharp
  try {
    sharp = await pictureDecoder()
  } catch {
    return { kind: 'no-decoder', reason: 'the optional package "sharp" is not installed', bytes }
  }
  const head = bytes[0] === 0xff && mediaOf(bytes.subarray(0, 16)).type === 'image/jpeg' ? jpegHead(bytes) : null
  return head && head.depth === 8 && (head.channels === 3 || head.channels === 1)
    ? plainJpeg(sharp, bytes, head)
    : anyPicture(sharp, bytes)
}

/** Most pictures are plain JPEG files: their header says all, and asking the decoder for it would cost a fifth. */
async function plainJpeg(sharp: Sharp, bytes: Uint8Array, head: PictureHead): Promise<Picture> {
  const { width, height, channels, orientation } = head
  checkBulk(width, height, bytes)
  const facts = { ...factsOf({ width, height, pixels: bytes }, 'jpeg', 8, channels === 1), orientation }
  const opened = sharp(bytes, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'truncated' })
  return inTurn(width * height, async () => picture(await pixelsOf(opened, facts), facts, bytes, false))
}

async function anyPicture(sharp: Sharp, bytes: Uint8Array): Promise<Picture> {
  const opened = sharp(bytes, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'truncated', pages: 1 })
  const found = await opened.metadata()
  const { width, height, pages = 1, depth, hasAlpha = false, space = 'unknown', format = 'unknown' } = found
  checkBulk(width, height, bytes)
  const { orientation = 1, hasProfile = false, compression } = found
  const named = format === 'heif' && compression === 'av1' ? 'avif' : format
  const bits = bitsOf[depth ?? ''] ?? 8
  const facts = { width, height, format: named, frames: pages, depth: bits, alpha: hasAlpha, space, orientation }
  const stored = lossless.has(named) && bits === 8 && !hasAlpha && !hasProfile && (space === 'srgb' || space === 'b-w')
  return inTurn(width * height, async () => picture(await pixelsOf(opened, facts), facts, bytes, stored))
}

function picture(raster: Raster, facts: PictureFacts, bytes: Uint8Array, stored: boolean): Picture {
  return new Picture(raster, { facts, bytes, exact: stored && facts.width * facts.height <= mostKept })
}

function checkBulk(width: number, height: number, bytes: Uint8Array): void {
  checkSize(width, height, mostPixels)
  const pixels = width * height
  if (pixels > wild.pixels && pixels > bytes.length * wild.perByte)
    throw new Broken('too-large', `it claims ${width} × ${height} pixels in ${bytes.length} bytes`)
}

let turn: Promise<unknown> = Promise.resolve()
/** Runs at once for pictures of usual size, and one after the other for large ones. */
function inTurn<T>(pixels: number, work: () => Promise<T>): Promise<T> {
  if (pixels < largePixels) return work()
  const mine = turn.then(work, work)
  turn = mine.catch(() => {})
  return mine
}

async function pixelsOf(opened: ReturnType<Sharp>, facts: PictureFacts): Promise<Raster> {
  const large = facts.width * facts.height > mostKept
  let work = facts.orientation > 1 ? opened.autoOrient() : opened
  if (large) {
    work = work.timeout({ seconds: mostSeconds })
    work = work.resize(mostSide, mostSide, { fit: 'inside', withoutEnlargement: true })
  }
  if (facts.alpha) work = work.flatten({ background: '#ffffff' })
  const { data, info } = await work.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels !== 3) return { width, height, pixels: spread(data, width * height, channels) }
  return { width, height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.length) }
}

const bitsOf: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16, uint: 32, float: 32 }
const lossless: ReadonlySet<string> = new Set(['png', 'tiff', 'gif'])

/** Grey samples as three equal ones; a fourth sample is left out. */
function spread(data: Uint8Array, count: number, channels: number): Uint8Array {
  const pixels = new Uint8Array(count * 3)
  for (let p = 0; p < count; p++)
    for (let c = 0; c < 3; c++) pixels[p * 3 + c] = data[p * channels + (channels > 2 ? c : 0)]!
  return pixels
}
