/** Pictures in any number, made of a few thousand: mixtures of two of one class, each cut, lit and grained anew. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import sharp from 'sharp'
import { type Random, seeded } from '../../src/core/index.ts'

/** What is written: how many, of which size. */
export interface Wanted {
  readonly count: number
  readonly width: number
  readonly height: number
}

interface Class {
  readonly name: string
  readonly pictures: readonly Uint8Array[]
}

const side = 32
const quality = 90
/** Encoders at work at a time. */
const together = 16

async function classesIn(source: string): Promise<Class[]> {
  return Promise.all(
    readdirSync(source)
      .sort()
      .map(async name => {
        const files = readdirSync(join(source, name)).sort()
        const decode = (file: string) =>
          sharp(readFileSync(join(source, name, file)))
            .removeAlpha()
            .raw()
            .toBuffer()
        return { name, pictures: await Promise.all(files.map(decode)) }
      }),
  )
}

/** A mixture of two pictures, moved by some pixels, in another light. */
function mixed({ pictures }: Class, random: Random): Uint8Array {
  const [a, b] = [pictures[upTo(pictures.length, random)]!, pictures[upTo(pictures.length, random)]!]
  const share = 0.55 + 0.4 * random()
  const [dx, dy] = [upTo(7, random) - 3, upTo(7, random) - 3]
  const gain = 0.8 + 0.4 * random()
  const pixels = new Uint8Array(side * side * 3)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const from = 3 * (clamped(y + dy) * side + clamped(x + dx))
      const to = 3 * (y * side + x)
      for (let c = 0; c < 3; c++) {
        const value = share * a[from + c]! + (1 - share) * b[to + c]!
        pixels[to + c] = Math.max(0, Math.min(255, gain * value + 6 * (random() - 0.5)))
      }
    }
  return pixels
}

const upTo = (end: number, random: Random): number => Math.floor(end * random())
const clamped = (at: number): number => Math.max(0, Math.min(side - 1, at))

/** Fine structure for enlarged pictures, which would be too easy to decode without. */
function grain(pixels: Buffer, shades: Int8Array, from: number): Buffer {
  for (let i = 0, k = from; i < pixels.length; i++, k = k + 1 < shades.length ? k + 1 : 0)
    pixels[i] = Math.max(0, Math.min(255, pixels[i]! + shades[k]!))
  return pixels
}

/** Writes pictures into a folder for each class. Returns how many classes there are. */
export async function writePictures(source: string, folder: string, { count, width, height }: Wanted): Promise<number> {
  const classes = await classesIn(source)
  const random = seeded(7)
  const shades = Int8Array.from({ length: 1 << 20 }, () => upTo(21, random) - 10)
  for (const { name } of classes) mkdirSync(join(folder, name), { recursive: true })
  const raw = { width: side, height: side, channels: 3 } as const
  const write = async (i: number): Promise<void> => {
    const own = classes[i % classes.length]!
    const [small, from] = [mixed(own, random), upTo(shades.length, random)]
    const enlarged = sharp(small, { raw }).resize(width, height, { fit: 'fill', kernel: 'cubic' })
    const pixels = width === side ? small : grain(await enlarged.raw().toBuffer(), shades, from)
    const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer()
    writeFileSync(join(folder, own.name, `${String(i).padStart(6, '0')}.jpg`), jpeg)
  }
  for (let first = 0; first < count; first += together)
    await Promise.all(Array.from({ length: Math.min(together, count - first) }, (_, k) => write(first + k)))
  return classes.length
}

/** The same pictures as bytes in one Parquet file. */
export async function writeParquet(folder: string, path: string): Promise<void> {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
  const db = await DuckDBInstance.create(':memory:')
  const connection = await db.connect()
  const row = `{'bytes': content, 'path': parse_filename(filename)} AS image, parse_dirname(filename) AS label`
  await connection.run(
    `COPY (SELECT ${row} FROM read_blob(${quoted(join(folder, '*', '*.jpg'))}))
     TO ${quoted(path)} (FORMAT parquet, ROW_GROUP_SIZE 4096)`,
  )
  connection.closeSync()
  db.closeSync()
}
