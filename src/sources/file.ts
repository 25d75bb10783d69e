import { type FileHandle, open, stat } from 'node:fs/promises'
import { Fault, type Source } from '../core/lean.ts'
import { Broken } from './broken.ts'

/** Bytes asked of the disk at once: large enough that the call costs nothing beside the copy. */
const chunkBytes = 4 << 20

/** A local file. Throws a Fault when it is not there or may not be read. */
export async function fileSource(path: string, name = path): Promise<Source> {
  const { size } = await stat(path).catch(reason => Promise.reject(faultOf(reason, path)))
  await withFile(path, async () => {})
  return {
    name,
    path,
    size,
    read: (start, end) => withFile(path, file => readRange(file, start, Math.min(end, size))),
    async *stream() {
      const file = await open(path, 'r').catch(reason => Promise.reject(faultOf(reason, path)))
      try {
        for (let at = 0; ; ) {
          const chunk = await readRange(file, at, at + chunkBytes)
          if (chunk.length === 0) return
          at += chunk.length
          yield chunk
        }
      } finally {
        await file.close()
      }
    },
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch(reason => Promise.reject(faultOf(reason, path)))
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

async function readRange(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  if (end <= start) return new Uint8Array(0)
  const bytes = Buffer.allocUnsafeSlow(end - start)
  let got = 0
  while (got < bytes.length) {
    const { bytesRead } = await file.read(bytes, got, bytes.length - got, start + got).catch(broken)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return bytes.subarray(0, got)
}

function broken(reason: unknown): never {
  const code = codeOf(reason)
  throw new Broken('unreadable', `the disk gave up while reading (${code})`)
}

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason ? String(reason.code) : 'unknown error'

/** Says why a path cannot be opened, and what to do. */
export function faultOf(reason: unknown, path: string): Fault {
  const code = codeOf(reason)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Fault('no-such-path', `${path}: no such file or folder.`, 'Check the spelling of the path.')
  if (code === 'EACCES' || code === 'EPERM')
    return new Fault('unreadable', `${path}: reading is not permitted.`, `Give yourself the right: chmod u+r "${path}"`)
  return new Fault('unreadable', `${path}: cannot be read (${code}).`, 'Check the path and the disk.')
}
