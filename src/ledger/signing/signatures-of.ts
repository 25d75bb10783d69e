import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Fault } from '../../core/index.ts'
import { digestFiles } from '../digest.ts'
import { byCodePoints } from '../names.ts'
import type { Digested, Tree, TreeFile } from '../tree.ts'
import type { FoundSignature, Seal, SealedFile, TreeSignatures } from './seal.ts'
import { type Bundle, parseBundle } from './trust/bundle.ts'
import { claimedSigner, judgeBundle, type Trust } from './trust/judge.ts'
import { changesOf, readable, type Scope, scopeOf } from './trust/match.ts'
import { Refused } from './trust/refused.ts'
import { type Manifest, parseStatement } from './trust/statement.ts'

/** Bundles larger than this are looked at only when somebody names them. */
const largestFound = 16 * 1024 * 1024
/** More bundles than this in one tree are not read. */
const mostBundles = 1000
/** How bundles are called. */
const isBundleName = (name: string): boolean => /\.(sig|sigstore|sigstore\.json|bundle|bundle\.json)$/i.test(name)

/** Whom to trust, and what is known already. */
export interface SignaturesOptions {
  /** A signature that one of them accepts is proved; without any, every signature is unchecked. */
  readonly trust?: readonly Trust[]
  /** SHA-256 of files by name: those are not read again. */
  readonly sha256?: ReadonlyMap<string, string>
  readonly workers?: number
  readonly signal?: AbortSignal
}

/**
 * Finds the signatures in a tree and beside it and says of each file whether one of them covers it as it is. Of a file
 * that several cover, a proved signature says most, then one that does not fit: another bundle never hides it.
 */
export async function signaturesOf(tree: Tree, options: SignaturesOptions = {}): Promise<TreeSignatures> {
  const places = placesOf(tree)
  const digests = new Digests(options)
  const bundles: FoundSignature[] = []
  const seals = new Map<string, SealedFile>()
  for (const place of places.slice(0, mostBundles)) {
    options.signal?.throwIfAborted()
    const { found, files } = await look(tree, place, digests, options)
    if (!found) continue
    bundles.push(found)
    for (const file of files) {
      const known = seals.get(file.name)
      if (!known || rank[file.seal] > rank[known.seal]) seals.set(file.name, file)
    }
  }
  const own = new Set(bundles.map(({ name }) => name))
  const files = tree.files
    .filter(({ name }) => !own.has(name))
    .map(({ name }) => seals.get(name) ?? { name, seal: 'unsigned' as const, signer: '', reason: '' })
    .sort((a, b) => byCodePoints(a.name, b.name))
  return { bundles, files }
}

const rank: Readonly<Record<Seal, number>> = { unsigned: 0, unchecked: 1, invalid: 2, signed: 3 }

/** Where a bundle lies, and which part of the tree it speaks of. */
interface Place {
  readonly path: string
  readonly name: string | null
  /** Folder in the tree, with `/` at its end, or empty for the root. */
  readonly folder: string
}

function placesOf(tree: Tree): Place[] {
  const within = tree.files
    .filter(({ name, sizeBytes }) => isBundleName(name) && sizeBytes <= largestFound)
    .map(({ name, path }) => ({ path, name, folder: name.slice(0, name.lastIndexOf('/') + 1) }))
  const root = resolve(tree.root)
  const beside = tree.isFile ? besideFile(root) : [`${root}.sig`, `${root}.sigstore.json`]
  const near = beside.filter(existsSync).map(path => ({ path, name: null, folder: '' }))
  return tree.isFile ? near : [...within, ...near]
}

const besideFile = (path: string): string[] => [
  `${path}.sig`,
  `${path}.sigstore.json`,
  join(dirname(path), 'model.sig'),
  join(dirname(path), `${basename(path).replace(/\.[^.]+$/, '')}.sig`),
]

interface Looked {
  readonly found: FoundSignature | null
  readonly files: readonly SealedFile[]
}

async function look(tree: Tree, place: Place, digests: Digests, options: SignaturesOptions): Promise<Looked> {
  const bundle = readFound(place.path)
  if (bundle === null) return { found: null, files: [] }
  if (bundle instanceof Fault) return { found: invalid(place, bundle.message), files: [] }
  const proved = provedBy(bundle, options.trust ?? [])
  if (proved instanceof Refused) return { found: invalid(place, proved.message), files: [] }
  const { signer, manifest, reason } = proved
  const part = partOf(tree, place, manifest)
  if (part === null) return { found: null, files: [] }
  const scope = scopeOf(part.tree, manifest, part.self, { ignoreUnsigned: true, refuseExecutables: 'none' })
  const changed = await digests.changed(part, manifest, scope)
  if (changed === null) return { found: invalid(place, 'its way of hashing is one too many'), files: [] }
  const seal = reason === '' ? 'signed' : 'unchecked'
  const files = scope.covered.map(({ name }): SealedFile => {
    const full = part.prefix + name
    const wrong = changed.has(name) || (changed.has('.') && part.tree.isFile)
    return wrong
      ? { name: full, seal: 'invalid', signer, reason: 'it is not what was signed' }
      : { name: full, seal, signer, reason }
  })
  const broken = files.some(file => file.seal === 'invalid') || scope.missing.length > 0
  const { path, name } = place
  const { ignorePaths } = manifest.serialization
  const about = { path, name, signer, files: files.length, ignoredPaths: ignorePaths }
  const why = scope.missing.length > 0 ? 'a signed file is missing' : 'a file is not what was signed'
  return { found: { ...about, seal: broken ? 'invalid' : seal, reason: broken ? why : reason }, files }
}

const invalid = ({ path, name }: Place, reason: string): FoundSignature => ({
  path,
  name,
  seal: 'invalid',
  signer: '',
  reason,
  files: 0,
  ignoredPaths: [],
})

/** The bundle in a file; null when the file only has such a name; a Fault when it means to be one and is broken. */
function readFound(path: string): Bundle | Fault | null {
  let bytes: Buffer
  try {
    const known = statSync(path)
    // Beside a tree may lie a pipe of that name, which would be waited for.
    if (!known.isFile() || known.size > largestFound) return null
    bytes = wholeOf(path)
    return parseBundle(bytes, basename(path))
  } catch (reason) {
    if (!(reason instanceof Fault)) return null
    return bytes!.includes('application/vnd.dev.sigstore.bundle') ? reason : null
  }
}

function wholeOf(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(statSync(path).size, largestFound))
    return bytes.subarray(0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}

interface Proved {
  readonly signer: string
  readonly manifest: Manifest
  /** Why nothing is proved; empty when it is. */
  readonly reason: string
}

function provedBy(bundle: Bundle, trusts: readonly Trust[]): Proved | Refused {
  let reason = 'nobody is named whose signature to trust'
  let refusal: Refused | null = null
  for (const trust of trusts) {
    try {
      const { signer, manifest } = judgeBundle(bundle, trust)
      return { signer, manifest, reason: '' }
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused
      if (trust.mode === bundle.material.mode) refusal = refused
      else reason = 'it is signed in a way for which nobody is named to trust'
    }
  }
  if (refusal) return refusal
  return unproved(bundle, reason)
}

function unproved(bundle: Bundle, reason: string): Proved | Refused {
  try {
    return { signer: claimedSigner(bundle), manifest: parseStatement(bundle.payload), reason }
  } catch (refused) {
    if (refused instanceof Refused) return refused
    throw refused
  }
}

interface Part {
  readonly tree: Tree
  readonly prefix: string
  readonly self: string | null
}

/** The part of the tree that a bundle speaks of: the one file it is named after, or the folder it lies in. */
function partOf(tree: Tree, { path, name, folder }: Place, manifest: Manifest): Part | null {
  if (tree.isFile) {
    const only = manifest.resources.length === 1 && ['.', tree.files[0]?.name].includes(manifest.resources[0]?.name)
    const shards = manifest.serialization.method === 'shards'
    return only || shards ? { tree, prefix: '', self: null } : null
  }
  const sibling = name === null ? undefined : siblingOf(tree, name, manifest)
  if (sibling) {
    const base = sibling.name.slice(sibling.name.lastIndexOf('/') + 1)
    return {
      tree: { ...tree, isFile: true, files: [{ ...sibling, name: base }], leftOut: [] },
      prefix: folder,
      self: null,
    }
  }
  if (manifest.resources[0]?.name === '.') return null
  const cut = (file: TreeFile): TreeFile => ({ ...file, name: file.name.slice(folder.length) })
  const files = tree.files.filter(file => file.name.startsWith(folder)).map(cut)
  return { tree: { ...tree, files, leftOut: [] }, prefix: folder, self: name === null ? null : basename(path) }
}

/** `x.bin` for `x.bin.sig`, when the manifest is of that one file. */
function siblingOf(tree: Tree, name: string, { resources }: Manifest): TreeFile | undefined {
  const bare = name.replace(/\.(sig|sigstore|sigstore\.json|bundle|bundle\.json)$/i, '')
  const sibling = tree.files.find(file => file.name === bare)
  const base = bare.slice(bare.lastIndexOf('/') + 1)
  return resources.length === 1 && ['.', base].includes(resources[0]!.name) ? sibling : undefined
}

/** More ways to hash the same files than this are not followed: whoever puts bundles into a tree chooses them. */
const mostWays = 4

/** Digests of the files of a tree, each computed once for each way of hashing. */
class Digests {
  readonly #known = new Map<string, Digested[]>()
  readonly #ways = new Set<string>()
  readonly #options: SignaturesOptions

  constructor(options: SignaturesOptions) {
    this.#options = options
  }

  /** Names in a part of the tree that are not what a manifest says; null when there are too many ways of hashing. */
  async changed({ tree, prefix }: Part, manifest: Manifest, scope: Scope): Promise<Set<string> | null> {
    const { hashType, shardBytes } = manifest.serialization
    const way = `${hashType} ${shardBytes ?? ''}`
    if (this.#ways.add(way).size > mostWays) return null
    const files = readable(manifest, tree, scope)
    const key = (name: string) => `${way} ${prefix}${name}`
    await this.#compute(files, manifest, prefix, key)
    const digested = files.flatMap(({ name }) => this.#known.get(key(name)) ?? [])
    const linked = scope.refusals.filter(({ code }) => code === 'symlink')
    const changes = changesOf(manifest, tree, scope.missing, digested)
    return new Set([...changes, ...linked].flatMap(({ name }) => (name === undefined ? [] : [name])))
  }

  async #compute(files: readonly TreeFile[], manifest: Manifest, prefix: string, key: (name: string) => string) {
    const { hashType, shardBytes } = manifest.serialization
    const { sha256, workers, signal } = this.#options
    for (const { name, sizeBytes } of files) {
      const digest = hashType === 'sha256' && shardBytes === undefined ? sha256?.get(prefix + name) : undefined
      if (digest)
        this.#known.set(key(name), [{ name, sizeBytes, start: 0, end: sizeBytes, digests: { sha256: digest } }])
    }
    const open = files.filter(({ name }) => !this.#known.has(key(name)))
    const digested = await digestFiles(open, {
      algorithms: [hashType],
      onUnreadable: () => {},
      ...(shardBytes === undefined ? {} : { shardBytes }),
      ...(workers === undefined ? {} : { workers }),
      ...(signal === undefined ? {} : { signal }),
    })
    for (const { name } of open) this.#known.set(key(name), [])
    for (const range of digested) this.#known.get(key(range.name))?.push(range)
  }
}
