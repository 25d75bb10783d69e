import { type DigestProgress, digestFiles } from '../digest.ts'
import type { Tree } from '../tree.ts'
import { treeOf } from '../walk.ts'
import { readSmall } from './keys.ts'
import { nameIn } from './place.ts'
import { type Bundle, largestBundle, parseBundle } from './trust/bundle.ts'
import { isExecutable } from './trust/executable.ts'
import { type Judged, judgeBundle, type Trust } from './trust/judge.ts'
import { changesOf, ignoredPathsOf, type Leniency, readable, scopeOf } from './trust/match.ts'
import { type Refusal, Refused } from './trust/refused.ts'

/** What to verify, and whom to trust. */
export interface VerifySignatureOptions extends Partial<Leniency> {
  /** The signed file or folder. */
  readonly path: string
  /** The bundle. */
  readonly signature: string
  readonly trust: Trust
  readonly workers?: number
  readonly onProgress?: (progress: DigestProgress) => void
  readonly signal?: AbortSignal
}

/** What a signature proves about a file or a folder now. */
export interface SignatureReport {
  /** True when the signature is of who is trusted and everything is as it was signed. */
  readonly ok: boolean
  readonly mode: Trust['mode']
  /** Empty when the signature itself does not hold. */
  readonly signer: string
  /** When it was signed, where a public log proves it; empty otherwise. */
  readonly signedAt: string
  /** Every reason not to accept. */
  readonly refusals: readonly Refusal[]
  /** Files that were signed and are there, and their bytes. */
  readonly files: number
  readonly bytes: number
  /** Paths that the signature leaves out, and the files that lie under them. */
  readonly ignoredPaths: readonly string[]
  readonly ignored: readonly string[]
  /** Of the ignored files, those that run when used. */
  readonly ignoredExecutables: readonly string[]
  /** Files that nobody signed; they fail unless they are to be ignored. */
  readonly unsigned: readonly string[]
  /** Empty files, which signatures by shards cannot cover. */
  readonly empty: readonly string[]
}

/** Reads a bundle file. Throws `bad-signature` or a Fault of the file. */
export async function readBundle(path: string): Promise<Bundle> {
  const bytes = await readSmall(path, largestBundle, 'bad-signature')
  return parseBundle(bytes, path)
}

/** Verifies a signature and everything that it covers; each byte is read, no cache is asked. */
export async function verifySignature(options: VerifySignatureOptions): Promise<SignatureReport> {
  const bundle = await readBundle(options.signature)
  const tree = await treeOf(options.path, { defaults: false })
  const judged = judgement(bundle, options.trust)
  if (judged instanceof Refused) return refusedReport(options.trust, judged)
  const self = tree.isFile ? null : nameIn(options.path, options.signature)
  return compared(tree, judged, self, options)
}

function judgement(bundle: Bundle, trust: Trust): Judged | Refused {
  try {
    return judgeBundle(bundle, trust)
  } catch (reason) {
    if (reason instanceof Refused) return reason
    throw reason
  }
}

const refusedReport = ({ mode }: Trust, { code, message }: Refused): SignatureReport => ({
  ok: false,
  mode,
  signer: '',
  signedAt: '',
  refusals: [{ code, message }],
  files: 0,
  bytes: 0,
  ignoredPaths: [],
  ignored: [],
  ignoredExecutables: [],
  unsigned: [],
  empty: [],
})

async function compared(
  tree: Tree,
  { signer, signedAt, manifest }: Judged,
  self: string | null,
  options: VerifySignatureOptions,
): Promise<SignatureReport> {
  const { ignoreUnsigned = false, refuseExecutables = 'added', workers, onProgress, signal } = options
  const scope = scopeOf(tree, manifest, self, { ignoreUnsigned, refuseExecutables })
  const unreadable: Refusal[] = []
  const { hashType, shardBytes } = manifest.serialization
  const digested = await digestFiles(readable(manifest, tree, scope), {
    algorithms: [hashType],
    onUnreadable: ({ name }, { message }) => unreadable.push({ code: 'not-looked-at', name, message }),
    ...(shardBytes === undefined ? {} : { shardBytes }),
    ...(workers === undefined ? {} : { workers }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  })
  const refusals = [...scope.refusals, ...unreadable, ...changesOf(manifest, tree, scope.missing, digested)]
  return {
    ok: refusals.length === 0,
    mode: options.trust.mode,
    signer,
    signedAt,
    refusals,
    files: scope.covered.length,
    bytes: scope.covered.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ignoredPaths: tree.isFile ? [] : ignoredPathsOf(manifest.serialization),
    ignored: scope.ignored,
    ignoredExecutables: scope.ignored.filter(isExecutable),
    unsigned: scope.unsigned,
    empty: scope.empty,
  }
}
