import { mkdir, readdir } from 'node:fs/promises'
import { Fault } from '../core/index.ts'

/** Makes a folder to write into. Throws a Fault when it holds something already and `force` is not set. */
export async function emptyFolder(folder: string, force: boolean): Promise<void> {
  const there = await readdir(folder).catch(() => [])
  if (there.length > 0 && !force)
    throw new Fault('would-overwrite', `${folder} is not empty.`, 'Name another folder, or add --force.')
  await mkdir(folder, { recursive: true })
}
