import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CleanedPart, type Quarantined, quarantineFolder } from '../clean-log.ts'
import type { PartSpec } from '../spec.ts'
import { type PictureFolder, pictureName } from './folder-file.ts'
import { digestOfPictures } from './parts.ts'

/** What is done with a folder of pictures. */
export interface CleaningPictures {
  readonly part: PartSpec
  /** Findings that accuse a record; none when it is kept. */
  readonly accused: ReadonlyMap<number, readonly string[]>
  readonly out: string
  readonly quarantine: (record: Quarantined) => Promise<void>
}

/** Copies the pictures of a folder: the kept ones to where they stood, the accused ones into a folder of their own. */
export async function cleanPictures(
  { part, accused, out, quarantine }: CleaningPictures,
  folder: PictureFolder,
): Promise<CleanedPart> {
  const inner = folder.inner === '' ? basename(folder.root) : folder.inner
  const taken: string[] = []
  for (const [record, file] of folder.files.entries()) {
    const findings = accused.get(record)
    const name = pictureName(folder, file)
    await copyInto(join(folder.root, name), join(out, findings ? quarantineFolder : '', inner, file))
    if (!findings) continue
    taken.push(file)
    await quarantine({ part: part.name, record, findings: [...findings], cells: { image: name, label: folder.label } })
  }
  const files = folder.files.filter((_, record) => !accused.has(record))
  return {
    name: part.name,
    file: inner,
    sha256: part.sha256 ?? (await digestOfPictures(folder)),
    keptSha256: await digestOfPictures({ ...folder, root: join(out, inner), inner: '', files }),
    dropped: taken.length,
    how: 'pictures',
    pictures: taken,
    kept: files,
    mark: 0,
  }
}

/** Brings the pictures of a folder back together. Returns the digest of the folder. */
export async function restorePictures(cleaned: string, part: CleanedPart, path: string): Promise<string> {
  const [kept, taken] = [part.kept ?? [], part.pictures ?? []]
  for (const file of kept) await copyInto(join(cleaned, part.file, basename(file)), join(path, basename(file)))
  for (const file of taken)
    await copyInto(join(cleaned, quarantineFolder, part.file, basename(file)), join(path, basename(file)))
  const files = [...kept, ...taken].sort()
  return digestOfPictures({ root: path, inner: '', files, label: null, labelled: false })
}

/** Copies a file, and makes the folder it goes to. */
export async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to, constants.COPYFILE_FICLONE)
}
