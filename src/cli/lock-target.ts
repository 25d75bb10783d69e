import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Fault, momentIn, nearest } from '../core/index.ts'
import { type Lock, type LockedArtifact, locate, lockName } from '../ledger/index.ts'

/** A lock and where it stands; the artifact, when the user named one instead of the lock. */
export interface LockTarget {
  readonly lock: Lock
  readonly path: string
  readonly named: LockedArtifact | null
}

/** Reads the lock at a path, or the one that locks what lies there. @throws Fault naming what was looked for. */
export function lockTarget(given: string): LockTarget {
  const known = statSync(given, { throwIfNoEntry: false })
  const isLock = known?.isFile() ? basename(given) === lockName || looksLikeLock(given) : basename(given) === lockName
  const inside = known?.isDirectory() && existsSync(join(given, lockName)) ? join(given, lockName) : null
  const [found] = isLock || inside !== null ? locate([], inside ?? given) : locate([given])
  const { lock, path, targets } = found!
  const named = isLock || inside !== null || targets.length !== 1 ? null : targets[0]!.artifact
  return { lock, path, named }
}

function looksLikeLock(path: string): boolean {
  const head = Buffer.alloc(200)
  const file = openSync(path, 'r')
  try {
    return head.toString('utf8', 0, readSync(file, head, 0, head.length, 0)).includes('"urn:bezoar:lock:')
  } finally {
    closeSync(file)
  }
}

/** The artifact of a lock by name. @throws Fault with a suggestion. */
export function artifactNamed({ artifacts }: Lock, name: string): LockedArtifact {
  const found = artifacts.find(artifact => artifact.name === name)
  if (found) return found
  const names = artifacts.map(artifact => artifact.name)
  const near = nearest(name, names)
  const remedy = near ? `Did you mean "${near}"?` : `There are: ${names.join(', ') || 'none'}.`
  throw new Fault('unknown-id', `The lock has no artifact "${name}".`, remedy)
}

/** SHA-256 of a file's bytes. */
export async function fileDigest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await smallFile(path, mostHashed))
    .digest('hex')
}

/** Documents that others are asked to look at are megabytes; what is larger is data. */
const mostHashed = 512 * 1024 * 1024

/** The bytes of a file that may not be larger than `most`. */
export async function smallFile(path: string, most: number): Promise<Buffer> {
  const known = statSync(path, { throwIfNoEntry: false })
  if (!known) throw new Fault('no-such-path', `${path} does not exist.`, 'Check the path.')
  if (!known.isFile()) throw new Fault('unreadable', `${path} is no file.`, 'Name a file.')
  if (known.size > most)
    throw new Fault('unreadable', `${path} is larger than ${most / 1024 / 1024} MiB.`, 'Name the right file.')
  return readFile(path)
}

/** Text of a document from outside. @throws Fault when it is too large or not UTF-8. */
export async function smallText(path: string): Promise<string> {
  const bytes = await smallFile(path, mostText)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Fault('unreadable', `${path} is not UTF-8 text.`, 'Name the right file.', { cause })
  }
}

const mostText = 128 * 1024 * 1024

/** The moment that a flag names, else the one given, as RFC 3339 in UTC. @throws Fault `bad-option`. */
export function momentOf(text: string | undefined, fallback: () => string, flag = '--at'): string {
  if (text === undefined) return fallback()
  const time = momentIn(text)
  if (time === null) throw new Fault('bad-option', `${flag} ${text} is no moment.`, 'Write it as 2026-11-21T12:00:00Z.')
  return new Date(time).toISOString()
}
