import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { isPicture, type Picture, pngOf, type Raster } from '../core/index.ts'
import { seePicture } from './picture-seen.ts'

const [width, height] = [23, 17]
/** A drawn scene in which no two rows or columns are alike. */
const scene = (): Raster => {
  const pixels = new Uint8Array(width * height * 3)
  for (let p = 0; p < width * height; p++) pixels.set([(p * 7) % 256, (p * p) % 251, (p >> 2) % 256], p * 3)
  return { width, height, pixels }
}
const raw = () => sharp(Buffer.from(scene().pixels), { raw: { width, height, channels: 3 } })
async function seen(bytes: Uint8Array): Promise<Picture> {
  const picture = await seePicture(bytes)
  return isPicture(picture) ? picture : expect.fail(`${picture.kind}: ${picture.reason}`)
}
const kindOf = async (bytes: Uint8Array) => {
  const picture = await seePicture(bytes)
  return isPicture(picture) ? 'seen' : picture.kind
}
/** Largest difference of a sample. */
const apart = (a: Uint8Array, b: Uint8Array) => a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0)
const grey = () => Uint8Array.from({ length: width * height }, (_, p) => (p * 11) % 256)

describe('lossless pictures', () => {
  it('come out as they went in, whoever wrote them', async () => {
    const encoders = {
      own: pngOf(scene()),
      png: await raw().png().toBuffer(),
      filtered: await raw().png({ adaptiveFiltering: true, compressionLevel: 9 }).toBuffer(),
      interlaced: await raw().png({ progressive: true }).toBuffer(),
      tiff: await raw().tiff({ compression: 'lzw' }).toBuffer(),
    }
    for (const [name, bytes] of Object.entries(encoders)) {
      const { pixels, exact } = await seen(bytes)
      expect([name, exact, Buffer.compare(pixels, scene().pixels)]).toEqual([name, true, 0])
    }
    const { pixels } = await seen(await raw().webp({ lossless: true }).toBuffer())
    expect(apart(pixels, scene().pixels)).toBe(0)
  })
  it('are alike with and without the decoder where both can read them', async () => {
    const palette = await raw().png({ palette: true, colours: 16 }).toBuffer()
    const own = await seen(palette)
    const { data } = await sharp(palette)
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(Buffer.compare(own.pixels, data)).toBe(0)
    const one = await sharp(Buffer.from(grey()), { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const { pixels, facts } = await seen(one)
    expect([...pixels.subarray(0, 9)]).toEqual([0, 0, 0, 11, 11, 11, 22, 22, 22])
    expect(facts.space).toBe('b-w')
  })
})

describe('Netpbm', () => {
  const text = (head: string, values: ArrayLike<number>) =>
    Buffer.from(`${head}\n# made here\n${Array.from(values).join('\n')}\n`)
  it('reads all six kinds', async () => {
    const { pixels } = scene()
    const size = `${width} ${height}`
    const p6 = await seen(Buffer.concat([Buffer.from(`P6\n# a comment\n${size}\n255\n`), pixels]))
    expect([Buffer.compare(p6.pixels, pixels), p6.exact, p6.facts.format]).toEqual([0, true, 'netpbm'])
    expect(Buffer.compare((await seen(text(`P3 ${size} 255`, pixels))).pixels, pixels)).toBe(0)
    const p5 = await seen(Buffer.concat([Buffer.from(`P5 ${size} 255\n`), grey()]))
    const p2 = await seen(text(`P2\n${size}\n255`, grey()))
    expect(Buffer.compare(p5.pixels, p2.pixels)).toBe(0)
    const p4 = await seen(Buffer.concat([Buffer.from('P4 10 2\n'), Uint8Array.of(0b10000000, 0, 0, 0b01000000)]))
    expect([p4.pixels[0], p4.pixels[3], p4.pixels[(10 + 9) * 3]]).toEqual([0, 255, 0])
    const p1 = await seen(Buffer.from('P1 3 2\n100\n0 1 1'))
    expect([0, 3, 6, 9, 12, 15].map(at => p1.pixels[at])).toEqual([0, 255, 255, 255, 0, 0])
  })
  it('brings 16 bits and odd scales to 8', async () => {
    const deep = await seen(Buffer.concat([Buffer.from('P5 2 1 65535\n'), Uint8Array.of(255, 255, 128, 0)]))
    expect([deep.pixels[0], deep.pixels[3], deep.exact, deep.facts.depth]).toEqual([255, 128, false, 16])
    expect((await seen(Buffer.from('P2 2 1 5 5 1'))).pixels[3]).toBe(51)
  })
})

/** A bitmap of so many bits a pixel, its rows from the bottom up, or down where `down`. */
function bmp(
  bits: number,
  rows: readonly (readonly number[])[],
  { down = false, palette = Buffer.alloc(0) } = {},
): Buffer {
  const line = Math.ceil((rows[0]!.length * bits) / 32) * 4
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(54 + palette.length, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE((rows[0]!.length * (bits < 8 ? 1 : bits / bits)) | 0, 18)
  head.writeInt32LE(down ? -rows.length : rows.length, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(bits, 28)
  const lines = (down ? rows : [...rows].reverse()).map(row => {
    const bytes = Buffer.alloc(line)
    row.forEach((value, x) => {
      if (bits >= 8) bytes.writeUIntLE(value, (x * bits) / 8, bits / 8)
      else bytes[Math.floor((x * bits) / 8)]! |= value << (8 - bits * ((x % (8 / bits)) + 1))
    })
    return bytes
  })
  return Buffer.concat([head, palette, ...lines])
}

describe('bitmaps', () => {
  const rows = [
    [0xff0000, 0x00ff00, 0x0000ff],
    [0x102030, 0xffffff, 0x000000],
  ]
  const flat = rows.flat().flatMap(v => [v >> 16, (v >> 8) & 255, v & 255])
  it('reads 24 and 32 bits, from the bottom and from the top', async () => {
    for (const bits of [24, 32])
      for (const down of [false, true]) {
        const { pixels, facts, exact } = await seen(bmp(bits, rows, { down }))
        expect([...pixels]).toEqual(flat)
        expect([facts.format, exact]).toEqual(['bmp', true])
      }
  })
  it('reads palettes and 16 bits', async () => {
    const palette = Buffer.from([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 7, 8, 9, 0])
    for (const bits of [4, 8])
      expect([...(await seen(bmp(bits, [[0, 1, 2, 3]], { palette }))).pixels]).toEqual([
        255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7,
      ])
    expect([...(await seen(bmp(1, [[1, 0, 1]], { palette: palette.subarray(0, 8) }))).pixels]).toEqual([
      0, 255, 0, 255, 0, 0, 0, 255, 0,
    ])
    expect([...(await seen(bmp(16, [[0x7c00, 0x03e0, 0x001f]]))).pixels]).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255])
  })
})

describe('odd pictures', () => {
  it('come as a viewer shows them', async () => {
    const see = async (bytes: Uint8Array) => (await seen(bytes)).facts
    const white = await seen(
      await sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer(),
    )
    expect([white.pixels[0], white.facts.alpha, white.exact]).toEqual([255, true, false])
    const deep = await seen(await raw().toColourspace('rgb16').png().toBuffer())
    expect([deep.facts.depth, deep.exact, apart(deep.pixels, scene().pixels) <= 1]).toEqual([16, false, true])
    expect((await see(await raw().toColourspace('cmyk').jpeg().toBuffer())).space).toBe('cmyk')
    expect((await see(await raw().avif({ lossless: true }).toBuffer())).format).toBe('avif')
    const turned = await seen(await raw().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer())
    expect([turned.width, turned.height, turned.facts.width, turned.facts.orientation]).toEqual([
      height,
      width,
      width,
      6,
    ])
    const frames = Buffer.concat([scene().pixels, new Uint8Array(width * height * 3)])
    const animated = sharp(frames, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } })
    expect(await see(await animated.gif().toBuffer())).toMatchObject({ frames: 2, format: 'gif', width, height })
    expect((await see(await animated.webp().toBuffer())).frames).toBe(2)
  })
  it('are shrunk to about a megapixel', async () => {
    const wide = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer()
    const { width: w, height: h, facts } = await seen(wide)
    expect([w, h, facts.width]).toEqual([1024, 341, 3000])
    const large = await seen(Buffer.concat([Buffer.from('P5 2048 1024 255\n'), Buffer.alloc(2048 * 1024, 9)]))
    expect([large.width, large.height, large.exact]).toEqual([1024, 512, false])
  })
})

describe('what nobody can see', () => {
  it('is told by kind', async () => {
    const png = Buffer.from(await raw().png().toBuffer())
    const jpeg = await raw().jpeg().toBuffer()
    const bomb = Buffer.from(png)
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    const tall = Buffer.from(jpeg)
    const frame = tall.indexOf(Buffer.from([0xff, 0xc0]))
    tall.writeUInt16BE(65_000, frame + 5)
    tall.writeUInt16BE(65_000, frame + 7)
    const cases: Record<string, readonly Uint8Array[]> = {
      'empty-picture': [new Uint8Array(0)],
      'too-large': [
        bomb,
        tall,
        Buffer.from('P5 99999999 99999999 255\n'),
        bmp(24, [[1]])
          .fill(0xff, 18, 20)
          .fill(0x7f, 20, 22)
          .fill(0x7f, 22, 24),
      ],
      'bad-picture': [
        png.subarray(0, 90),
        jpeg.subarray(0, jpeg.length / 2),
        Buffer.from('P6 4 4 255\nabc'),
        bmp(24, [[1, 2, 3]]).subarray(0, 56),
      ],
      'unsupported-picture': [
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
        Buffer.from('%PDF-1.4\n%%EOF'),
        Buffer.from([0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a]),
      ],
      'no-picture': [
        Buffer.from('hello, this is a text'),
        Buffer.from('<html><body>404</body></html>'),
        Buffer.from('PK\x03\x04'),
      ],
    }
    for (const [kind, all] of Object.entries(cases))
      for (const bytes of all) expect(await kindOf(bytes), bytes.subarray(0, 12).toString()).toBe(kind)
  })
  it('is never a crash, whatever the bytes', async () => {
    const originals = [
      pngOf(scene()),
      bmp(8, [
        [1, 2],
        [3, 4],
      ]),
      Buffer.from('P3 2 1 255 1 2 3 4 5 6'),
      Buffer.concat([Buffer.from('P6 2 2 255\n'), Buffer.alloc(12)]),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        fc.nat(500),
        async (which, changes, end) => {
          const bytes = Uint8Array.from(originals[which]!).slice(0, 20 + end)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const found = await seePicture(bytes)
          if (isPicture(found)) expect(found.pixels.length).toBe(found.width * found.height * 3)
          else expect(found.reason).not.toBe('')
        },
      ),
      { numRuns: 150 },
    )
  })
})
