import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Fault, type Report } from '../core/index.ts'

type Baseline = Pick<Report, 'baseline'>

/** What a lock keeps for drift to compare with; `bezoar.lock#name` picks an artifact. Null when the file is no lock. */
export async function lockBaseline(given: string, paths: readonly string[]): Promise<Baseline | null> {
  const hash = given.lastIndexOf('#')
  const [path, name] =
    hash > 0 && !existsSync(given) ? [given.slice(0, hash), given.slice(hash + 1)] : [given, undefined]
  return (await isLock(path)) ? lockedBaseline(path, name, paths) : null
}

/** Locks say so in their first line but one. */
async function isLock(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null)
  if (!file) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0)
    return buffer.toString('latin1', 0, bytesRead).includes('"urn:bezoar:lock:')
  } finally {
    await file.close()
  }
}

/** The baseline of the artifact named, of the one that is scanned, or of the only one that has any. */
async function lockedBaseline(path: string, name: string | undefined, paths: readonly string[]): Promise<Baseline> {
  const { readLock } = await import('../ledger/index.ts')
  const { lock } = readLock(path)
  const known = lock.artifacts.filter(({ baseline }) => baseline !== undefined)
  const scanned = new Set(paths.map(each => resolve(each)))
  const chosen =
    name === undefined
      ? (known.find(({ root }) => scanned.has(resolve(dirname(path), root))) ??
        (known.length === 1 ? known[0] : undefined))
      : known.find(artifact => artifact.name === name)
  if (chosen) return { baseline: chosen.baseline! }
  const names = known.map(artifact => artifact.name).join(', ')
  const what = name === undefined ? 'which artifact is meant is not clear' : `no artifact "${name}" with a baseline`
  throw new Fault(
    'bad-report',
    `${path}: ${known.length === 0 ? 'no artifact has a baseline' : what}.`,
    known.length === 0 ? 'Lock the data with --scan or --report.' : `Name one: ${path}#NAME, of ${names}.`,
  )
}
