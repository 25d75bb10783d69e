import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Broken } from './broken.ts'
import { codecOf } from './expanded.ts'
import { faultOf, fileSource } from './file.ts'

/** A line of a file, without its end. */
export interface Line {
  readonly text: string
  /** False for the last line of a file that does not end with a line end: it may have been cut. */
  readonly ended: boolean
}

/** Some consecutive lines of a file. */
export interface Lines {
  readonly texts: readonly string[]
  /** False for the last line of a file that does not end with a line end. */
  readonly ended: boolean
}

/**
 * The lines of a UTF-8 file, plain or gzip, many at a time.
 * @param mostBytes longer lines are `Broken`
 */
export async function* manyLinesOf(path: string, mostBytes = 8 << 20): AsyncGenerator<Lines> {
  const packed = codecOf(await (await fileSource(path)).read(0, 8)) === 'gzip'
  const stored = createReadStream(path, { highWaterMark: 1 << 20 })
  const bytes = packed ? stored.pipe(createGunzip({ chunkSize: 1 << 20 })) : stored
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const held: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      const end = held.lastIndexOf(10)
      if (end >= 0) yield { texts: held.toString('utf8', 0, end).split('\n'), ended: true }
      rest = held.subarray(end + 1)
      if (rest.length > mostBytes) throw new Broken('too-long', `a line of ${path} has more than ${mostBytes} bytes`)
    }
  } catch (reason) {
    if (reason instanceof Error && 'errno' in reason && 'syscall' in reason) throw faultOf(reason, path)
    if (packed && !(reason instanceof Broken)) throw new Broken('bad-compression', `${path} is damaged or cut`)
    throw reason
  } finally {
    stored.destroy()
  }
  if (rest.length > 0) yield { texts: [rest.toString('utf8')], ended: false }
}

/** The lines of a UTF-8 file, one after the other; see `manyLinesOf`. */
export async function* linesOf(path: string, mostBytes?: number): AsyncGenerator<Line> {
  for await (const { texts, ended } of manyLinesOf(path, mostBytes)) for (const text of texts) yield { text, ended }
}
