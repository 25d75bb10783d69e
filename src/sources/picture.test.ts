import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { looksApart, parseLooks } from '../core/index.ts'
import { lookAtPicture } from './picture.ts'

const side = 160
/** A drawn scene: colours that change over the picture, a disc and a bar. */
const scene = (turn = 1): Buffer => {
  const pixels = Buffer.alloc(side * side * 3)
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)]
    const disc = (x - 50) ** 2 + (y - 90) ** 2 < 900 * turn ? 120 : 0
    const bar = x > 90 * turn && y < 60 ? 90 : 0
    pixels.set([Math.min(255, x / 2 + disc), Math.min(255, y / 2 + bar), (x * turn + y) % 200], 3 * i)
  }
  return pixels
}
const drawn = (turn?: number) => sharp(scene(turn), { raw: { width: side, height: side, channels: 3 } })
const looks = async (bytes: Uint8Array) => {
  const seen = await lookAtPicture(bytes)
  return 'looks' in seen ? parseLooks(seen.looks)! : expect.fail(seen.reason)
}

describe('lookAtPicture', () => {
  it('knows a picture again after any encoder, size and quality', async () => {
    const first = await looks(await drawn().png().toBuffer())
    const forms = [50, 75, 95].map(quality => drawn().jpeg({ quality }).toBuffer())
    const sizes = [0.25, 0.5, 2].map(scale =>
      drawn()
        .resize(side * scale)
        .png()
        .toBuffer(),
    )
    for (const form of await Promise.all([...forms, ...sizes, drawn().webp().toBuffer(), drawn().gif().toBuffer()]))
      expect(looksApart(first, await looks(form))).toBeLessThanOrEqual(8)
    expect(looksApart(first, await looks(await drawn(3).png().toBuffer()))).toBeGreaterThan(12)
  })
  it('turns as EXIF says, looks at the first frame, puts white behind', async () => {
    const upright = await looks(await drawn().png().toBuffer())
    const turned = await drawn().rotate(270).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer()
    expect(looksApart(upright, await looks(turned))).toBeLessThanOrEqual(8)
    const frames = await sharp(Buffer.concat([scene(), scene(3)]), {
      raw: { width: side, height: 2 * side, channels: 3, pageHeight: side },
    })
      .gif()
      .toBuffer()
    expect(await lookAtPicture(frames)).toMatchObject({ frames: 2 })
    expect(looksApart(upright, await looks(frames))).toBeLessThanOrEqual(8)
  })
  it('gives a reason for bytes that are no whole picture', async () => {
    const png = await drawn().png().toBuffer()
    const jpeg = await drawn().jpeg().toBuffer()
    for (const bytes of [
      png.subarray(0, 200),
      jpeg.subarray(0, jpeg.length / 2),
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
    ])
      expect(await lookAtPicture(bytes)).toHaveProperty('reason')
  })
  it('never opens drawings and documents, whatever they are called', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="9" height="9"/></svg>',
    )
    expect(await lookAtPicture(svg)).toHaveProperty('reason')
    expect(await lookAtPicture(Buffer.from('%PDF-1.4\n%%EOF'))).toHaveProperty('reason')
  })
  it('refuses a picture that claims more pixels than any camera makes', async () => {
    const png = await drawn().png().toBuffer()
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    expect(await lookAtPicture(png)).toHaveProperty('reason')
  })
  it('says that flat pictures look like nothing', async () => {
    const flat = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#336699' } })
      .png()
      .toBuffer()
    expect(await lookAtPicture(flat)).toEqual({ reason: expect.stringContaining('flat') })
  })
})

const signs = join(import.meta.dirname, '../../../shared/data/images/gtsrb')
const files = (() => {
  try {
    return readdirSync(signs, { recursive: true })
      .map(String)
      .filter(name => name.endsWith('.png'))
      .sort()
  } catch {
    return []
  }
})()

describe.skipIf(files.length === 0)('on photographs of signs', () => {
  it('keeps re-encoded ones within 8 bits', async () => {
    const some = files.filter((_, i) => i % 80 === 0).map(name => readFileSync(join(signs, name)))
    const moved = await Promise.all(
      some.map(
        async bytes =>
          looksApart(await looks(bytes), await looks(await sharp(bytes).jpeg({ quality: 85 }).toBuffer()))!,
      ),
    )
    expect(moved.filter(bits => bits > 8).length).toBeLessThanOrEqual(1)
  })
})
