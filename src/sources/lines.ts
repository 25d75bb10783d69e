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

/**
 * The lines of a UTF-8 file, plain or gzip, one after the other.
 * @param mostBytes longer lines are `Broken`
 */
export async function* linesOf(path: string, mostBytes = 8 << 20): AsyncGenerator<Line> {
  const packed = codecOf(await (await fileSource(path)).read(0, 8)) === 'gzip'
  const stored = createReadStream(path, { highWaterMark: 1 << 20 })
  const bytes = packed ? stored.pipe(createGunzip({ chunkSize: 1 << 20 })) : stored
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const held: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      let from = 0
      for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, from)) {
        yield { text: held.toString('utf8', from, end), ended: true }
        from = end + 1
      }
      rest = held.subarray(from)
      if (rest.length > mostBytes) throw new Broken('too-long', `a line of ${path} has more than ${mostBytes} bytes`)
    }
  } catch (reason) {
    if (reason instanceof Error && 'errno' in reason && 'syscall' in reason) throw faultOf(reason, path)
    if (packed && !(reason instanceof Broken)) throw new Broken('bad-compression', `${path} is damaged or cut`)
    throw reason
  } finally {
    stored.destroy()
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), ended: false }
}
