import { mkdir, readdir } from 'node:fs/promises'
import { Fault } from '../core/index.ts'

/** Throws a Fault when the folder holds something already and `force` is not set. */
export async function freeFolder(folder: string, force: boolean): Promise<void> {
  const there = await readdir(folder).catch(() => [])
  if (there.length > 0 && !force)
    throw new Fault('would-overwrite', `${folder} is not empty.`, 'Name another folder, or add --force.')
}

/** Makes a folder to write into, when it is free. */
export async function emptyFolder(folder: string, force: boolean): Promise<void> {
  await freeFolder(folder, force)
  await mkdir(folder, { recursive: true })
}
