import { createHash } from 'node:crypto'
import { access, type FileHandle, open, rename, rm } from 'node:fs/promises'
import { Fault } from '../core/index.ts'
import type { LineSink } from '../ledger/index.ts'
import { unwritable } from './write.ts'

/** A written choice as others can pin it. */
export interface WrittenChoice {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A line sink with an end. */
interface Target extends LineSink {
  /** Puts the file in its place. */
  done(): Promise<WrittenChoice | null>
  /** Leaves nothing behind. */
  fail(): Promise<void>
}

/** Whether something stands at the path. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Writes beside the wanted place and moves there at the end, so that no half choice is ever read. */
export async function targetOf({ out, force }: { readonly out?: string; readonly force?: boolean }): Promise<Target> {
  if (out === undefined)
    return { write: async () => {}, restart: async () => {}, done: async () => null, fail: async () => {} }
  if (!force && (await isThere(out)))
    throw new Fault('would-overwrite', `${out} is there already.`, 'Give --force to overwrite it.')
  const beside = `${out}.part`
  let file: FileHandle = await opened(beside)
  let hash = createHash('sha256')
  let bytes = 0
  return {
    async write(text) {
      const data = Buffer.from(text)
      bytes += data.length
      hash.update(data)
      await file.appendFile(data)
    },
    async restart() {
      await file.close()
      file = await opened(beside)
      hash = createHash('sha256')
      bytes = 0
    },
    async done() {
      await file.close()
      await rename(beside, out)
      return { path: out, bytes, sha256: hash.digest('hex') }
    },
    async fail() {
      await file.close().catch(() => {})
      await rm(beside, { force: true })
    },
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w')
  } catch (cause) {
    throw unwritable(path, cause)
  }
}
