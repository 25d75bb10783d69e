import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PartSpec } from '../spec.ts'
import { meaningOfFolders } from './classes.ts'
import { type PictureFolder, pictureName } from './folder-file.ts'
import type { FoundPictures } from './gather.ts'

/** A part of a table before its columns have roles. */
export type PicturePart = Omit<PartSpec, 'roles' | 'shape' | 'remarks'> & { readonly pictures: PictureFolder }

/** How splits are found in the steps of a path. */
export type SplitOf = (step: string) => string | null

/** One part for each folder that holds pictures directly: fifty thousand files are ten parts. */
export function partsOfPictures({ root, names, splits }: FoundPictures, splitOf: SplitOf): PicturePart[] {
  const folders = new Map<string, string[]>()
  for (const name of names) {
    const at = name.lastIndexOf('/')
    const inner = at < 0 ? '' : name.slice(0, at)
    const files = folders.get(inner)
    if (files) files.push(name.slice(at + 1))
    else folders.set(inner, [name.slice(at + 1)])
  }
  const inners = [...folders.keys()].sort()
  const meanings = meaningOfFolders(inners, splitOf)
  const labelled = [...meanings.values()].some(({ label }) => label !== null)
  return inners.flatMap(inner => {
    const files = folders.get(inner)!.sort()
    const { label, split } = meanings.get(inner)!
    const whole = { root, inner, files, label, labelled }
    if (!splits) return [partOf(whole, split)]
    const kinds = new Map<string, string[]>()
    for (const file of files) {
      const own = splits.get(pictureName(whole, file)) ?? ''
      kinds.set(own, [...(kinds.get(own) ?? []), file])
    }
    return [...kinds].map(([own, some]) => {
      const part = partOf({ ...whole, files: some }, own || split)
      return kinds.size > 1 ? { ...part, name: `${part.name} (${own || split})` } : part
    })
  })
}

const partOf = (pictures: PictureFolder, split: string | null): PicturePart => ({
  name: pictures.inner === '' ? basename(pictures.root) : pictures.inner,
  path: join(pictures.root, pictures.inner),
  home: join(pictures.root, pictures.inner),
  inside: null,
  entry: null,
  format: 'pictures',
  codec: null,
  member: null,
  split,
  sizeBytes: sizeOf(pictures),
  sha256: null,
  pictures,
})

/** Files beyond this many are not asked for their size one by one: it is estimated from an even sample. */
const mostAsked = 2000

/** Bytes of the pictures of a folder, estimated where there are many. */
export function sizeOf(pictures: PictureFolder): number {
  const { files, root } = pictures
  const step = Math.max(1, Math.ceil(files.length / mostAsked))
  let sum = 0
  let asked = 0
  for (let i = 0; i < files.length; i += step, asked++)
    sum += statSync(join(root, pictureName(pictures, files[i]!)), { throwIfNoEntry: false })?.size ?? 0
  return Math.round((sum / Math.max(1, asked)) * files.length)
}

/** Larger files are digested piece by piece. */
const mostAtOnce = 16 << 20

/** SHA-256 over the names and the digests of the pictures of a folder, in the order of their names. */
export const digestOfPictures = (pictures: PictureFolder): Promise<string> =>
  digestOfFiles(pictures.files.map(name => ({ name, path: join(pictures.root, pictureName(pictures, name)) })))

/** SHA-256 over names and the digests of the files that have them, as `digestOfPictures` makes it. */
export async function digestOfFiles(
  files: readonly { readonly name: string; readonly path: string }[],
): Promise<string> {
  const all = createHash('sha256')
  for (const [i, { name, path }] of files.entries()) {
    all.update(`${name}\0${await fileDigest(path)}\n`)
    // Others get their turn: a signal to stop, a line of progress.
    if (i % 256 === 255) await new Promise(resolve => setImmediate(resolve))
  }
  return all.digest('hex')
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    if (statSync(path).size <= mostAtOnce) return hash.update(readFileSync(path)).digest('hex')
    for await (const chunk of createReadStream(path, { highWaterMark: 4 << 20 })) hash.update(chunk as Buffer)
    return hash.digest('hex')
  } catch {
    return 'unreadable'
  }
}
