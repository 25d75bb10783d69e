import { realpathSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Fault, tableOfRows } from '../core/index.ts'
import {
  filesTable,
  type Located,
  locate,
  lockName,
  type Reference,
  referencesOf,
  referencesTable,
  rootPlace,
  type SealedFile,
  signaturesOf,
  type Tree,
  treeOf,
  verifyArtifact,
} from '../ledger/index.ts'
import type { Beside } from '../scan/index.ts'
import { fileSource, sha256Of } from '../sources/index.ts'
import type { BesideRequest, KnownFile } from './beside.ts'

/** A path of the command line and the files that it names. */
interface Place {
  readonly path: string
  /** Before the names of its files, where there are several paths. */
  readonly prefix: string
  readonly tree: Tree
}

/** The tables that the ledger makes about an artifact. */
export async function provenanceOf(request: BesideRequest): Promise<Beside[]> {
  const { paths, signal } = request
  const locked: Beside[] = []
  for (const found of locatedOf(paths, request.lock)) locked.push(...(await lockedBeside(found, request)))
  const places = await Promise.all(
    paths.map(async (path): Promise<Place> => {
      return { path, prefix: paths.length > 1 ? `${basename(resolve(path))}/` : '', tree: await treeOf(path) }
    }),
  )
  signal?.throwIfAborted()
  return [...locked, ...(await signatureBeside(places, request)), ...(await referenceBeside(places, request))]
}

/** The locks that know the paths. Without a flag, paths that no lock knows are no mistake. */
function locatedOf(paths: readonly string[], lock: string | boolean | undefined): Located[] {
  if (lock === false) return []
  if (lock !== undefined) return locate(paths, lock === true ? undefined : lock)
  return paths.flatMap(path => {
    try {
      return locate([path])
    } catch (reason) {
      if (reason instanceof Fault && reason.code === 'no-such-path') return []
      if (reason instanceof Fault)
        throw new Fault(reason.code, reason.message, `${reason.remedy} With --no-lock it is not looked at.`)
      throw reason
    }
  })
}

/** Every artifact of a lock that the paths stand for, against what is there. */
async function lockedBeside({ path: lockPath, targets }: Located, request: BesideRequest): Promise<Beside[]> {
  const { known, signal } = request
  const bySource = new Map(known.map(file => [file.path, file.sha256]))
  const all: Beside[] = []
  for (const { artifact, only } of targets) {
    const options = { lockPath, ...(only ? { only } : {}), ...(signal ? { signal } : {}) }
    const { differences } = await verifyArtifact(artifact, options)
    const isAsked = (name: string) =>
      !only || only.some(each => each === '' || name === each || name.startsWith(`${each}/`))
    const parts = artifact.parts.filter(({ name }) => isAsked(name))
    const root = rootPlace(lockPath, artifact)
    const now = new Map<string, string>()
    for (const { part, kind, found } of differences) {
      if (!['added', 'changed', 'swapped'].includes(kind) || found?.sha256 !== undefined) continue
      const place = artifact.parts.length === 1 && basename(root) === part ? root : join(root, part)
      const digest = bySource.get(place) ?? (await digestAt(place))
      if (digest !== null) now.set(part, digest)
    }
    const unjudged = differences
      .filter(({ kind }) => kind === 'unreadable')
      .map(({ part, text }) => `${part} could not be compared with the lock: ${text}.`)
    const table = filesTable(`files of the lock entry ${artifact.name}`, { parts, differences }, null, now)
    all.push({ table, only: ['digest-mismatch'], unjudged })
  }
  return all
}

const digestAt = (path: string): Promise<string | null> =>
  fileSource(path)
    .then(sha256Of)
    .catch(() => null)

async function signatureBeside(places: readonly Place[], { known, signal }: BesideRequest): Promise<Beside[]> {
  const files: SealedFile[] = []
  const notLookedAt: string[] = []
  for (const { tree, prefix } of places) {
    const sha256 = sha256ByName(tree, known)
    const { bundles, files: own } = await signaturesOf(tree, { sha256, ...(signal ? { signal } : {}) })
    // A lock says what is signed; it need not be signed itself, and nothing is made from it.
    const meant = own.filter(({ name, seal }) => seal !== 'unsigned' || basename(name) !== lockName)
    files.push(...meant.map(file => ({ ...file, name: `${prefix}${file.name}` })))
    for (const { path, name, seal, reason } of bundles) {
      const isOfFiles = own.some(file => file.seal === seal)
      // A bundle that speaks of no file of its own accord still says that somebody meant to sign.
      if (seal === 'invalid' && !isOfFiles)
        files.push({ name: `${prefix}${name ?? basename(path)}`, seal, signer: '', reason })
    }
  }
  if (files.length === 0) return []
  return [{ table: filesTable('signatures', null, { bundles: [], files }), only: ['unsigned'], notLookedAt }]
}

/** SHA-256 of files that the scan has read, by their name in a tree. */
function sha256ByName(tree: Tree, known: readonly KnownFile[]): Map<string, string> {
  const byPath = new Map(known.map(file => [file.path, file.sha256]))
  return new Map(
    tree.files.flatMap(({ name, path }) => {
      const digest = byPath.get(resolve(path)) ?? byPath.get(realPath(path))
      return digest === undefined ? [] : [[name, digest] as const]
    }),
  )
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

async function referenceBeside(places: readonly Place[], { known }: BesideRequest): Promise<Beside[]> {
  const rows = new Set(known.filter(file => file.rows).map(file => file.path))
  const references: Reference[] = []
  const notLookedAt: string[] = []
  for (const { tree, prefix } of places) {
    const files = tree.files.map(({ name, path, sizeBytes }) => {
      return { name, path, sizeBytes, isData: rows.has(resolve(path)) || rows.has(realPath(path)) }
    })
    const found = await referencesOf(files)
    references.push(...found.references.map(each => ({ ...each, file: `${prefix}${each.file}` })))
    notLookedAt.push(...found.notRead)
  }
  const table = references.length > 0 ? referencesTable('references', references) : tableOfRows('references', [])
  return references.length + notLookedAt.length === 0 ? [] : [{ table, only: ['unpinned-reference'], notLookedAt }]
}
