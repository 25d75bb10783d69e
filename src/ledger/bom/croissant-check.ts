import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type DigestKind, digestKinds, type ListedFile } from './croissant-read.ts'

/** What became of one file that a Croissant document lists. */
export interface CheckedFile {
  readonly file: ListedFile
  /**
   * `equal` and `differing` are about SHA-256; `weakly-equal` and `weakly-differing` about digests of another length,
   * which anyone can forge; `unhashed` has none; the others were not read.
   */
  readonly status:
    | 'equal'
    | 'differing'
    | 'weakly-equal'
    | 'weakly-differing'
    | 'unhashed'
    | 'absent'
    | 'inside'
    | 'outside'
  /** What to know about it: the digest that was found, or why it was not read. */
  readonly note: string
}

/** Compares the files of a Croissant document with those in a folder. Nothing is fetched, no link out is followed. */
export async function checkListed(
  files: readonly ListedFile[],
  folder: string,
  onFile?: (nth: number) => void,
): Promise<CheckedFile[]> {
  const root = await realpath(folder)
  const checked: CheckedFile[] = []
  for (const [nth, file] of files.entries()) {
    onFile?.(nth)
    checked.push({ file, ...(await checkOne(file, root)) })
  }
  return checked
}

type Outcome = Omit<CheckedFile, 'file'>

async function checkOne(file: ListedFile, root: string): Promise<Outcome> {
  if (file.isInside) return { status: 'inside', note: 'It lies inside another file and is not read by itself.' }
  const found = await localFile(file.paths, root)
  if (found === 'outside') return { status: 'outside', note: 'Its path leads out of the folder; it was not read.' }
  if (found === null) return { status: 'absent', note: 'No such file in the folder.' }
  const digest = file.digests[0]
  if (!digest) return { status: 'unhashed', note: unhashed(file) }
  const actual = await digestOf(found, digest.kind)
  const isStrong = digest.kind === 'sha256'
  const note = `${digestKinds[digest.kind].title} ${actual}${isStrong ? '' : ', which proves little'}`
  if (actual === digest.value) return { status: isStrong ? 'equal' : 'weakly-equal', note }
  return { status: isStrong ? 'differing' : 'weakly-differing', note }
}

const unhashed = ({ stated }: ListedFile): string =>
  stated === undefined ? 'The document gives no digest for it.' : `"${stated.slice(0, 80)}" is no digest.`

/** The first of the paths that is a file in the folder; links may lead to other places in it. */
async function localFile(paths: readonly string[], root: string): Promise<string | 'outside' | null> {
  let isOutside = false
  for (const path of paths) {
    const real = path.includes('\0') ? null : await realpath(join(root, path)).catch(() => null)
    if (real === null) continue
    const known = await stat(real).catch(() => null)
    const isIn = real.startsWith(root.endsWith(sep) ? root : root + sep)
    if (isIn && known?.isFile()) return real
    isOutside ||= !isIn
  }
  return isOutside ? 'outside' : null
}

async function digestOf(path: string, kind: DigestKind): Promise<string> {
  const hash = createHash(kind)
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}
