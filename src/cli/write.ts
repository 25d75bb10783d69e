import { writeFile } from 'node:fs/promises'
import { Fault } from '../core/index.ts'

/** Writes a file that must not be there yet, unless `force`. */
export async function writeNew(path: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    if (code === 'EEXIST')
      throw new Fault('would-overwrite', `${path} is there already.`, 'Give --force to overwrite it.')
    throw unwritable(path, cause)
  }
}

/** The fault of a file that cannot be written. */
export function unwritable(path: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? cause.code : ''
  if (code === 'ENOENT') return new Fault('no-such-path', `The folder of ${path} does not exist.`, 'Make it first.')
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Fault('unreadable', `${path} cannot be written: ${why}.`, 'Check the path and its permissions.')
}
