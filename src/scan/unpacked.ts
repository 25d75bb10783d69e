import { Fault, type Limits } from '../core/index.ts'
import { Broken, codecOf, fileSource, type Spooled, sevenZipFiles, spool, unsevenZipEach } from '../sources/index.ts'
import type { Found, FoundFile } from './find.ts'

/** A found file, or one of those in a found archive. */
export interface UnpackedFile extends FoundFile {
  /** The file that was found. */
  readonly home: string
  /** Name in the archive that was found, where that holds several. */
  readonly inside: string | null
  /** The name that tells what it holds. */
  readonly telling: string
  /** Which file of the archive at `path`, where it could not be unpacked. */
  readonly entry: number | null
}

const plain = (file: FoundFile): UnpackedFile => ({
  ...file,
  home: file.path,
  inside: null,
  telling: file.name,
  entry: null,
})

/**
 * The files of an archive of several, each unpacked to a temporary file; any other file as it is. One file alone is
 * read as it stands, however large: dumps are published so.
 */
export async function unpacked(file: FoundFile, limits: Limits, found: Found): Promise<UnpackedFile[]> {
  const stored = await fileSource(file.path, file.name)
  if (codecOf(await stored.read(0, 8)) !== '7z') return [plain(file)]
  const files = await sevenZipFiles(stored).catch(broken)
  if (files === null || files.length === 0) return [plain(file)]
  const taken = new Set<string>()
  if (files.length === 1) return [{ ...plain(file), telling: memberName(files[0]!.name, taken) }]
  const parts: UnpackedFile[] = []
  let left = limits.expandedBytes
  for await (const { file: packed, bytes } of unsevenZipEach(stored, limits.expandedBytes)) {
    const inside = memberName(packed.name, taken)
    const named = { ...plain(file), name: `${file.name}/${inside}`, inside, telling: inside, named: false }
    const spooled = await spooledOf(inside, bytes, left)
    if (spooled) {
      found.later(spooled.close)
      left -= spooled.source.size
      parts.push({ ...named, path: spooled.source.path! })
    } else parts.push({ ...named, entry: parts.length, named: true })
  }
  return parts
}

function broken(reason: unknown): null {
  if (reason instanceof Broken) return null
  throw reason
}

/** Null when it cannot be unpacked: reading it where it stands will say why. */
async function spooledOf(name: string, bytes: AsyncIterable<Uint8Array>, most: number): Promise<Spooled | null> {
  try {
    return await spool(name, bytes, most)
  } catch (reason) {
    if (reason instanceof Fault) throw reason
    return broken(reason)
  }
}

/** A name in an archive as a path below it that no other file of it has. */
export function memberName(name: string, taken: Set<string>): string {
  const path = name
    .split(/[\\/]+/)
    .filter(step => step !== '' && step !== '.' && step !== '..')
    .join('/')
    .replaceAll('\0', '')
  const base = path === '' ? 'unnamed' : path
  let own = base
  for (let k = 2; taken.has(own); k++) own = `${base} (${k})`
  taken.add(own)
  return own
}
