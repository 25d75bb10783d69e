import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { temporaryFolder } from '../src/sources/index.ts'

/** A place for the files of a test. */
const folder = temporaryFolder().path
export const at = (name: string) => join(folder, name)
export const put = (name: string, bytes: string | Uint8Array): string => {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), bytes)
  return at(name)
}
export const lines = (name: string): Record<string, unknown>[] =>
  readFileSync(at(name), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const side = 96
export const scene = (kind: number): Promise<Buffer> => {
  const pixels = Buffer.alloc(side * side * 3)
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)]
    const wave = 90 * Math.sin((x * (kind + 1)) / 17) * Math.cos((y * (kind + 2)) / 23)
    pixels.set([128 + wave, 128 - wave, x + y + kind * 5], 3 * i)
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
}
