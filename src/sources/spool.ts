import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, type Source } from '../core/index.ts'
import { fileSource } from './file.ts'
import { temporaryFolder } from './temporary.ts'

/** A source that must be closed, because it left something on the disk. */
export interface Spooled {
  readonly source: Source
  close(): Promise<void>
}

/**
 * Copies a stream that can be read only once into a temporary file, so that it can be read again and by several
 * threads. The file is removed by `close`, and at the latest when the process exits.
 * @param mostBytes more than this is a Fault: the disk is not the stream's to fill.
 */
export async function spool(name: string, stream: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Spooled> {
  const folder = temporaryFolder()
  const close = async () => folder.remove()
  const path = join(folder.path, 'spooled')
  try {
    await copy(stream, path, mostBytes, name)
    return { source: await fileSource(path, name), close }
  } catch (reason) {
    await close()
    throw reason
  }
}

async function copy(stream: AsyncIterable<Uint8Array>, path: string, mostBytes: number, name: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > mostBytes)
        throw new Fault('bad-option', `${name}: more than ${mostBytes} bytes.`, 'Write it to a file and name the file.')
      await file.write(chunk)
    }
  } finally {
    await file.close()
  }
}
