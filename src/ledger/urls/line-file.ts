import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Fault } from '../../core/index.ts'
import { linesOf } from '../../sources/index.ts'

const flushBytes = 1 << 18

/** A file of lines that is valid at any time: `path.part` until it is done, and then `path`. */
export interface LineFile {
  /** Lines that an earlier run left, whole; the last of them. */
  readonly lines: number
  readonly last: string | null
  write(line: string): Promise<void>
  /** Writes what is pending; the file can be gone on with. */
  pause(): Promise<void>
  /** Gives the file its name, compressed when that ends in `.gz`. */
  finish(): Promise<void>
}

/** Begins a file of lines, or goes on with what an earlier run left unless `anew`. */
export async function lineFile(path: string, anew = false): Promise<LineFile> {
  const part = `${path}.part`
  const { lines, last, bytes } = anew ? nothing : await leftIn(part)
  const file = await open(part, 'a', 0o644).catch(cause =>
    Promise.reject(
      new Fault('unreadable', `${part} cannot be written.`, 'Check the folder and its permissions.', { cause }),
    ),
  )
  await file.truncate(bytes)
  const pending: string[] = []
  let size = 0
  const flush = async () => {
    await file.appendFile(pending.splice(0).join(''))
    size = 0
  }
  return {
    lines,
    last,
    async write(line) {
      pending.push(line)
      size += line.length
      if (size >= flushBytes) await flush()
    },
    async pause() {
      await flush()
      const { size: left } = await file.stat()
      await file.close()
      // A run that came to nothing leaves nothing.
      if (left === 0) await rm(part, { force: true })
    },
    async finish() {
      await flush()
      await sealed(file, part, path)
    },
  }
}

async function sealed(file: FileHandle, part: string, path: string): Promise<void> {
  await file.sync()
  await file.close()
  if (!path.endsWith('.gz')) return rename(part, path)
  const packed = `${path}.packing`
  await pipeline(createReadStream(part), createGzip(), createWriteStream(packed))
  await rename(packed, path)
  await rm(part)
}

const nothing = { lines: 0, last: null, bytes: 0 }

/** What an earlier run left: whole lines; a line that was cut does not count. */
async function leftIn(part: string): Promise<{ lines: number; last: string | null; bytes: number }> {
  const left = { lines: 0, last: null as string | null, bytes: 0 }
  if (!(await stat(part).catch(() => null))) return left
  for await (const { text, ended } of linesOf(part)) {
    if (!ended) break
    left.lines++
    left.last = text
    left.bytes += Buffer.byteLength(text) + 1
  }
  return left
}
