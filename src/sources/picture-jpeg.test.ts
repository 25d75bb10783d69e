import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { seeded } from '../core/index.ts'
import { jpegHead } from './picture-head.ts'
import { smallJpeg } from './picture-jpeg.ts'

/** Colours halved across alone, and markers between the runs of blocks: what the decoder here does not write. */
const stored = {
  half: [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5a',
    'YVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAAR',
    'CAALABMDASEAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG',
    'E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG',
    'h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB',
    'AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk',
    'NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0',
    'tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCr/ZdqjZFsgWJXbfHCGUZHHIj5xx17A+uK',
    'tRvawWTXKq8Sh1clYyNvJBGdgXuMc4z6dKxcMLJ8rnfW3V/q/wAL+RdGM5Q5pLRd/v6xKv2NJf3sQiCP8wBRhjPbC8D8KK6r4FaOX4P/ACOG',
    'eJvJty/8mj/8sX5FiRVigHlIiBZkUAKAAC7KeOmcAc9fzNWFVZba3aRQWcuWOMZzGGOfqf8ADpXRGjDe39WKoVHUjaX4JJ7d1qVWtoZBG8il',
    'maJCSWPPyiiuxQilax7EYWSSb+9/5n//2Q==',
  ].join(''),
  restarts: [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5a',
    'YVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAAR',
    'CAALABMDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG',
    'E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG',
    'h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB',
    'AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk',
    'NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0',
    'tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/90ABAAB/9oADAMBAAIRAxEAPwCr/ZdqjZFsgWJXbfHCGUZHHIj5',
    'xx17A+uKtRvawWTXKq8Sh1clYyNvJBGdgXuMc4z6dKbIqxQDykRAsyKAFAABdlPHTOAOev5mrCqsttbtIoLOXLHGM5jDHP1P+HSr+qt7xjb5',
    '+vcijXUoaXv/AE/M/9Cr9jSX97EIgj/MAUYYz2wvA/CipmtoZBG8ilmaJCSWPPyiiu5YZ9o/c/8AMr6nOWrkf//Z',
  ].join(''),
}

/** Pixels with shapes, edges and noise. */
function scene(width: number, height: number): Buffer {
  const random = seeded(width * 1000 + height)
  const pixels = Buffer.alloc(width * height * 3)
  for (let p = 0; p < pixels.length; p++) pixels[p] = (p * 5 + (p % 3) * 60 + 80 * random()) % 256
  return pixels
}
const drawn = (width: number, height: number) => sharp(scene(width, height), { raw: { width, height, channels: 3 } })
const own = (bytes: Uint8Array) => smallJpeg(bytes, jpegHead(bytes)!)

async function expectSame(bytes: Uint8Array): Promise<void> {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const spread = channels === 3 ? data : Buffer.from(Array.from(data).flatMap(value => [value, value, value]))
  const found = own(bytes)
  expect(found && [found.width, found.height]).toEqual([width, height])
  expect(Buffer.compare(found!.pixels, spread)).toBe(0)
}

describe('small JPEG files', () => {
  const sizes = [
    [32, 32],
    [31, 33],
    [5, 5],
    [28, 28],
    [7, 64],
    [90, 17],
  ] as const
  it.each(sizes)('of %i × %i come out to the last bit as the decoder gives them', async (width, height) => {
    for (const quality of [20, 75, 100])
      for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
        const jpeg = { quality, chromaSubsampling, optimiseCoding: quality !== 75 }
        await expectSame(await drawn(width, height).jpeg(jpeg).toBuffer())
      }
    await expectSame(await drawn(width, height).greyscale().jpeg().toBuffer())
  })

  it.each(Object.entries(stored))('of another encoder do, too: %s', async (_, text) => {
    await expectSame(Buffer.from(text, 'base64'))
  })

  it('are left to the decoder when there is anything odd about them', async () => {
    const plain = await drawn(32, 32).jpeg().toBuffer()
    expect(own(plain)).not.toBeNull()
    expect(own(await drawn(32, 32).jpeg({ progressive: true }).toBuffer())).toBeNull()
    expect(own(await drawn(4, 4).jpeg().toBuffer())).toBeNull()
    expect(own(await drawn(128, 96).jpeg().toBuffer())).toBeNull()
    expect(own(await drawn(32, 32).toColourspace('cmyk').jpeg().toBuffer())).toBeNull()
    for (let end = 0; end < plain.length; end += 7)
      expect(smallJpeg(plain.subarray(0, end), jpegHead(plain)!)).toBeNull()
  })

  it('are never read otherwise than the decoder reads them, however damaged', async () => {
    const random = seeded(3)
    const plain = await drawn(24, 24).jpeg({ quality: 60 }).toBuffer()
    let read = 0
    for (let k = 0; k < 300; k++) {
      const damaged = Uint8Array.from(plain)
      for (let n = 0; n < 1 + (k % 3); n++)
        damaged[3 + Math.floor((damaged.length - 3) * random())] = Math.floor(256 * random())
      if (!smallJpeg(damaged, { width: 24, height: 24 })) continue
      read++
      const jpeg = sharp(damaged, { failOn: 'truncated' }).toColourspace('srgb')
      expect(Buffer.compare(await jpeg.raw().toBuffer(), smallJpeg(damaged, { width: 24, height: 24 })!.pixels)).toBe(0)
    }
    expect(read).toBeGreaterThan(20)
  })
})
