import { createPublicKey, type KeyObject, sign as makeSignature } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { Fault } from '../../core/index.ts'
import { type DigestProgress, digestFiles } from '../digest.ts'
import type { Algorithm, Digested, Tree, TreeFile } from '../tree.ts'
import { treeOf } from '../walk.ts'
import { nameIn } from './place.ts'
import { writeBundle } from './trust/bundle.ts'
import type { Certificate } from './trust/certificate.ts'
import { checkLeaf } from './trust/chain.ts'
import { payloadType, preAuthentication } from './trust/dsse.ts'
import { keyName } from './trust/judge.ts'
import { hashOfKey, hintOf } from './trust/key.ts'
import { type Leniency, runningOf } from './trust/match.ts'
import { isInside, plainPath, shardName, under } from './trust/names.ts'
import { Refused } from './trust/refused.ts'
import { alwaysIgnored, type Resource, referenceAlgorithm, rootOf, sorted, writeStatement } from './trust/statement.ts'

/** What signs: a key, a key with its certificate and those above it, or a service that gives a whole bundle. */
export type Signer =
  | { readonly mode: 'key'; readonly key: KeyObject }
  | {
      readonly mode: 'certificate'
      readonly key: KeyObject
      readonly chain: readonly Certificate[]
      readonly at: number
    }
  | { readonly mode: 'sigstore'; readonly bundleOf: (payload: Buffer, payloadType: string) => Promise<string> }

/** What to sign, and how it is enumerated. */
export interface SignOptions {
  readonly path: string
  /** Where the bundle will be written: a signature never covers itself. */
  readonly signature: string
  readonly signer: Signer
  readonly hashType?: Algorithm
  /** Signs ranges of so many bytes instead of whole files. */
  readonly shardBytes?: number
  /** Paths from the root that are left out, beside those that git uses. */
  readonly ignorePaths?: readonly string[]
  readonly allowSymlinks?: boolean
  readonly refuseExecutables?: Leniency['refuseExecutables']
  /** Names a single file `.`, and the hash of a range, as the reference implementation does. */
  readonly compat?: 'reference'
  readonly workers?: number
  readonly onProgress?: (progress: DigestProgress) => void
  readonly signal?: AbortSignal
}

/** A signature made, not yet written. */
export interface Signed {
  /** The text of the bundle. */
  readonly bundle: string
  readonly signer: string
  readonly root: string
  readonly files: number
  readonly bytes: number
  readonly ignoredPaths: readonly string[]
  readonly ignored: readonly string[]
}

/** Signs a file or a folder. Throws a Fault when something in it cannot be signed: a signature covers all or says what not. */
export async function signArtifact(options: SignOptions): Promise<Signed> {
  const { path, signature, hashType = 'sha256', shardBytes, compat, signer } = options
  const tree = await treeOf(path, { defaults: false })
  const self = tree.isFile ? null : nameIn(path, signature)
  const added = addedPaths(options, tree, self)
  const { files, ignored } = divided(tree, [...alwaysIgnored, ...added], self)
  refuseUnsignable(tree, files, ignored, options, added)
  const digested = await digestFiles(files, {
    algorithms: [hashType],
    ...(shardBytes === undefined ? {} : { shardBytes }),
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  const resources = sorted(
    digested.flatMap(d => resourceOf(d, hashType, shardBytes, tree.isFile && compat !== undefined)),
  )
  if (resources.length === 0)
    throw unsignable(`${path} holds nothing to sign.`, 'Name the folder that holds the files.')
  const serialization = {
    method: shardBytes === undefined ? ('files' as const) : ('shards' as const),
    hashType,
    allowSymlinks: options.allowSymlinks === true,
    ...(shardBytes === undefined ? {} : { shardBytes }),
    ignorePaths: tree.isFile ? [] : [...alwaysIgnored, ...added],
  }
  const algorithm = compat === undefined ? hashType : referenceAlgorithm(serialization)
  const payload = writeStatement(basename(resolve(path)), serialization, resources, algorithm)
  return {
    bundle: await bundleOf(signer, payload),
    signer: signer.mode === 'sigstore' ? 'Sigstore' : keyName(publicOf(signer.key)),
    root: rootOf(resources),
    files: files.length,
    bytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ignoredPaths: serialization.ignorePaths,
    ignored,
  }
}

const unsignable = (message: string, remedy: string): Fault => new Fault('bad-option', message, remedy)

/** The user's ignored paths and the signature's own place, checked against what the specification lets one write. */
function addedPaths({ ignorePaths = [] }: SignOptions, { isFile }: Tree, self: string | null): string[] {
  if (isFile && ignorePaths.length > 0)
    throw unsignable('A single file has no paths to ignore.', 'Leave out --ignore-path, or sign the folder.')
  const paths = ignorePaths.map(plainPath)
  for (const [i, path] of paths.entries())
    if (!isInside(path) || /[*?[]/.test(path))
      throw unsignable(
        `${ignorePaths[i]} is no path below the root.`,
        'Name files or folders from the root, no patterns.',
      )
  return [...new Set([...paths, ...(self === null ? [] : [self])])]
}

function divided(
  tree: Tree,
  ignores: readonly string[],
  self: string | null,
): { files: TreeFile[]; ignored: string[] } {
  if (tree.isFile) return { files: [...tree.files], ignored: [] }
  const isIgnored = under(ignores)
  const left = [...tree.files, ...tree.leftOut].map(({ name }) => name.replace(/\/$/, ''))
  return {
    files: tree.files.filter(({ name }) => !isIgnored(name)),
    ignored: left.filter(name => name !== self && isIgnored(name)),
  }
}

/** More names than this in a message help nobody. */
const mostNamed = 5

const named = (names: readonly string[]): string =>
  names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '')

function refuseUnsignable(
  tree: Tree,
  files: readonly TreeFile[],
  ignored: readonly string[],
  { allowSymlinks, refuseExecutables = 'added' }: SignOptions,
  added: readonly string[],
): void {
  const left = tree.leftOut.filter(({ name }) => !ignored.includes(name.replace(/\/$/, '')))
  if (left.length > 0)
    throw unsignable(
      `${named(left.map(({ name, reason }) => `${name} (${reason})`))}: cannot be signed.`,
      'Remove it, or leave it out with --ignore-path.',
    )
  const links = files.filter(({ link }) => link !== undefined).map(({ name }) => name)
  if (links.length > 0 && !allowSymlinks)
    throw unsignable(
      `${named(links)}: symbolic links.`,
      'Replace them by files, or give --allow-symlinks to sign what they lead to.',
    )
  const running = runningOf(ignored, { ignoreUnsigned: false, refuseExecutables })
  if (running.length > 0)
    throw unsignable(
      `${named(running)}: would run when used, and would not be signed (ignored: ${named(added)}).`,
      'Sign it too, or give --no-strict to leave it unsigned on purpose.',
    )
}

function resourceOf(
  { name, sizeBytes, start, end, digests }: Digested,
  hashType: Algorithm,
  shardBytes: number | undefined,
  dot: boolean,
): Resource[] {
  const digest = digests[hashType] ?? ''
  const path = dot ? '.' : name
  if (shardBytes === undefined) return [{ name: path, digest }]
  return sizeBytes === 0 ? [] : [{ name: shardName({ path, start, end }), digest }]
}

const publicOf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key)

async function bundleOf(signer: Signer, payload: Buffer): Promise<string> {
  if (signer.mode === 'sigstore') return signer.bundleOf(payload, payloadType)
  if (signer.mode === 'certificate') refuseUnfit(signer)
  const { key } = signer
  const hash = hashOfKey(key)
  if (hash === null) throw new Fault('bad-key', 'The key is of the wrong type.', 'Use P-256, P-384 or P-521.')
  const signature = makeSignature(hash, preAuthentication(payload), { key, dsaEncoding: 'der' })
  const material =
    signer.mode === 'key' ? { hint: hintOf(publicOf(key)) } : { chain: signer.chain.map(({ der }) => der) }
  return writeBundle({ payload, payloadType, signature, material })
}

/** A signature that nobody could verify is not made. */
function refuseUnfit({ key, chain: [leaf], at }: Extract<Signer, { mode: 'certificate' }>): void {
  if (!leaf?.x509.checkPrivateKey(key))
    throw new Fault('bad-key', 'The certificate is not of this private key.', 'Give the key that belongs to it.')
  try {
    checkLeaf(leaf, at)
  } catch (reason) {
    throw reason instanceof Refused
      ? new Fault('bad-key', reason.message, 'Get a certificate for signing code.')
      : reason
  }
}
