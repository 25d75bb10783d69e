import { relative } from 'node:path'
import { Fault } from '../core/lean.ts'
import {
  type Algorithm,
  type Located,
  locate,
  rootPlace,
  type Target,
  type Verified,
  verdictCode,
  verifyArtifact,
} from '../ledger/lean.ts'
import { interruptible } from './interrupt.ts'
import { type ProgressLine, progressLine } from './progress.ts'
import { refuseLoneFlags } from './signature-refusals.ts'
import { saveCache, statCacheOf } from './stat-caches.ts'
import type { VerifyFlags } from './verify.ts'
import { verifyText } from './verify-text.ts'

/** What became of one lock. */
export interface LockVerified {
  /** The lock, from where the command was started. */
  readonly path: string
  readonly id: string
  readonly lockedAt: string
  readonly artifacts: readonly Verified[]
}

const algorithms: Readonly<Record<VerifyFlags['hash'], readonly Algorithm[]>> = {
  sha256: ['sha256'],
  blake3: ['blake3'],
  both: ['sha256', 'blake3'],
}

/** Verifies what the command line names; the text for stdout and the exit code. */
export async function verified(paths: readonly string[], flags: VerifyFlags): Promise<{ text: string; code: number }> {
  if (flags.signature !== undefined) return signed(paths, flags)
  refuseLoneFlags(flags)
  if (flags.fast && flags.paranoid)
    throw new Fault('bad-option', '--fast and --paranoid exclude each other.', 'Give one of them.')
  const located = locate(paths, flags.lock)
  const empty = located.find(({ targets }) => targets.length === 0)
  if (empty) throw new Fault('nothing-to-do', `${empty.path} locks nothing.`, 'Lock what you trust, then verify it.')
  const locks = await locksCompared(located, flags)
  const code = verdictCode(locks.flatMap(({ artifacts }) => artifacts))
  const text = flags.json ? `${JSON.stringify({ verified: code === 0, locks }, null, 2)}\n` : verifyText(locks)
  return { text, code }
}

/** Compares what locks list with what is there. */
export async function locksCompared(located: readonly Located[], flags: VerifyFlags): Promise<LockVerified[]> {
  const { signal, release } = interruptible('Stopping: nothing is verified.')
  const line = progressLine(flags.quiet === true || flags.json === true)
  const locks: LockVerified[] = []
  try {
    for (const found of located) locks.push(await verifyLock(found, flags, line, signal))
  } finally {
    line.clear()
    release()
  }
  return locks
}

async function signed(paths: readonly string[], flags: VerifyFlags): Promise<{ text: string; code: number }> {
  const [path] = paths
  if (path === undefined || paths.length > 1)
    throw new Fault('bad-option', 'A signature is verified against one path.', 'Name the file or folder it is for.')
  const { verifiedSignature } = await import('./signature.ts')
  return verifiedSignature(path, { ...flags, ...(flags.threads === undefined ? {} : { workers: flags.threads }) })
}

async function verifyLock(
  found: Located,
  flags: VerifyFlags,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<LockVerified> {
  const artifacts: Verified[] = []
  for (const target of found.targets) artifacts.push(await verifyTarget(target, found.path, flags, line, signal))
  const { lock, path } = found
  return { path: relative('.', path) || path, id: lock.id, lockedAt: lock.history.at(-1)!.at, artifacts }
}

async function verifyTarget(
  { artifact, only }: Target,
  lockPath: string,
  flags: VerifyFlags,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<Verified> {
  const cache = statCacheOf(rootPlace(lockPath, artifact), flags, false)
  const verified = await verifyArtifact(artifact, {
    lockPath,
    algorithms: algorithms[flags.paranoid ? 'both' : flags.hash],
    ...(only ? { only } : {}),
    ...(flags.threads === undefined ? {} : { workers: flags.threads }),
    ...(cache ? { cache } : {}),
    ...(flags.rows ? { pin: rowsNow } : {}),
    onProgress: ({ bytes, ofBytes }) =>
      line.show(`Verifying ${artifact.name}: ${Math.floor((100 * bytes) / Math.max(1, ofBytes))} %`),
    signal,
  })
  saveCache(cache, flags)
  refuseUnpinned(verified, { artifact, ...(only ? { only } : {}) }, lockPath)
  return flags.allowIgnored ? withIgnoredAllowed(verified) : verified
}

async function rowsNow(path: string, isFile: boolean, like: NonNullable<Target['artifact']['table']>) {
  const { tableNow } = await import('./lock-facts.ts')
  try {
    return await tableNow(path, isFile, like, () => {})
  } catch (reason) {
    if (reason instanceof Fault) return undefined
    throw reason
  }
}

/** A name that nothing was locked under, and that nothing is known of, must not pass for one that is as locked. */
function refuseUnpinned({ differences }: Verified, { artifact, only = [] }: Target, lockPath: string): void {
  const pinned = [...artifact.parts, ...(artifact.runnable ?? [])].map(({ name }) => name)
  const told = differences.flatMap(({ part, other }) => (other === undefined ? [part] : [part, other]))
  const isKnown = (asked: string) => [...pinned, ...told].some(name => name === asked || name.startsWith(`${asked}/`))
  const lone = only.find(asked => asked !== '' && !isKnown(asked))
  if (lone === undefined) return
  const left = artifact.leftOut?.find(({ name }) => name === lone)
  throw new Fault(
    'no-such-path',
    `${lockPath}: nothing of ${artifact.name} is pinned as ${lone}${left ? ` (${left.reason})` : ''}.`,
    'Name a file or folder that the lock lists; patterns leave out the others. Without a path all of it is verified.',
  )
}

/** Files under ignore patterns as notes: still said, no reason to fail. */
function withIgnoredAllowed(verified: Verified): Verified {
  const [ignored, differences] = [true, false].map(is =>
    verified.differences.filter(({ kind }) => (kind === 'ignored') === is),
  )
  const notes = ignored!.map(({ part, text }) => `let pass as you asked: ${part}, ${text}`)
  return { ...verified, differences: differences!, notes: [...verified.notes, ...notes] }
}
