import { readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { blobIdOfFile, smallFile } from './git/bytes.ts'
import { type Checked, type Origin, type OriginPart, someOf } from './origin.ts'

const commitPattern = /^[0-9a-f]{40}$/
/** Where downloads into a folder are noted. */
const notes = ['.cache', 'huggingface', 'download']
/** Three lines: commit, etag, time. */
const mostMetadataBytes = 4096
/** Folders above an artifact that may hold what the download wrote. */
const mostUp = 8

/**
 * Compares files with what the Hugging Face hub calls them: in its cache (`models--owner--name/snapshots/<commit>`) files
 * are links to blobs named by their content; beside downloads into a folder, `.cache/huggingface/download` keeps commit
 * and content id of each. Null when the files come from neither.
 */
export async function huggingFaceOrigin(
  root: string,
  isFile: boolean,
  parts: readonly OriginPart[],
): Promise<Origin | null> {
  const folder = isFile ? dirname(root) : root
  return (await snapshotOrigin(folder, parts)) ?? (await downloadOrigin(folder, parts))
}

/** The id that the hub gives to a file: SHA-256 for large ones, Git's id for the others. */
async function isWhat(id: string, part: OriginPart): Promise<boolean> {
  if (id.length === 64) return id === part.sha256
  return (await blobIdOfFile(part.path, part.size, 20)) === id
}

const isContentId = (id: string): boolean => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(id)

async function checkedBy(parts: readonly OriginPart[], idOf: (part: OriginPart) => Promise<string | null>) {
  const outcome: Checked & { checked: number; differing: string[]; unknown: string[] } = {
    checked: 0,
    differing: [],
    unknown: [],
  }
  for (const part of parts) {
    const id = await idOf(part)
    if (id === null) outcome.unknown.push(part.name)
    else if (await isWhat(id, part)) outcome.checked++
    else outcome.differing.push(part.name)
  }
  return outcome
}

async function snapshotOrigin(folder: string, parts: readonly OriginPart[]): Promise<Origin | null> {
  const steps = (await realpath(folder).catch(() => folder)).split(sep)
  const at = steps.findIndex((step, i) => step === 'snapshots' && commitPattern.test(steps[i + 1] ?? ''))
  const named = at > 0 ? /^(models|datasets|spaces)--(.+)$/.exec(steps[at - 1]!) : null
  if (!named) return null
  const blobs = join(steps.slice(0, at).join(sep), 'blobs')
  const outcome = await checkedBy(parts, async part => {
    const target = await readlink(part.path).catch(() => null)
    if (target === null) return null
    const blob = join(dirname(part.path), target)
    const id = basename(blob)
    const inside = relative(blobs, await realpath(dirname(blob)).catch(() => '')) === ''
    return inside && isContentId(id) ? id : null
  })
  const kind = named[1] === 'models' ? '' : `${named[1]}/`
  return {
    origin: {
      kind: 'huggingface',
      repository: `${kind}${named[2]!.replaceAll('--', '/')}`,
      commit: steps[at + 1]!,
      ...outcome,
    },
    remarks: [],
  }
}

interface Metadata {
  readonly commit: string
  readonly id: string | null
}

async function downloadOrigin(folder: string, parts: readonly OriginPart[]): Promise<Origin | null> {
  for (let up = 0, top = folder; up < mostUp && dirname(top) !== top; up++, top = dirname(top)) {
    if (!(await stat(join(top, ...notes)).catch(() => null))?.isDirectory()) continue
    const known = new Map<string, Metadata>()
    for (const part of parts) {
      const metadata = await metadataOf(top, relative(top, join(folder, part.name)))
      if (metadata) known.set(part.name, metadata)
    }
    if (known.size > 0) return originFrom(known, parts)
  }
  return null
}

async function metadataOf(top: string, name: string): Promise<Metadata | null> {
  const path = join(top, ...notes, `${name}.metadata`)
  const text = await smallFile(path, mostMetadataBytes).catch(() => null)
  const [commit = '', etag = ''] = text?.toString('utf8').split('\n') ?? []
  if (!commitPattern.test(commit.trim())) return null
  const id = etag.trim().replace(/^(W\/)?"(.*)"$/, '$2')
  return { commit: commit.trim(), id: isContentId(id) ? id : null }
}

async function originFrom(known: ReadonlyMap<string, Metadata>, parts: readonly OriginPart[]): Promise<Origin> {
  const counts = new Map<string, number>()
  for (const { commit } of known.values()) counts.set(commit, (counts.get(commit) ?? 0) + 1)
  const [[commit]] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)) as [[string, number]]
  const others = [...known].flatMap(([name, metadata]) => (metadata.commit === commit ? [] : [name]))
  const outcome = await checkedBy(parts, async ({ name }) => {
    const metadata = known.get(name)
    return metadata?.commit === commit ? metadata.id : null
  })
  const remarks = others.length > 0 ? [`Downloaded at other commits: ${someOf(others)}.`] : []
  return { origin: { kind: 'huggingface', repository: '', commit, ...outcome }, remarks }
}
