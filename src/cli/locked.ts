import { resolve } from 'node:path'
import { exitCodes, Fault } from '../core/lean.ts'
import {
  changedLock,
  defaultIgnores,
  type Lock,
  type LockedArtifact,
  type Locking,
  lockName,
  lockPath,
  type ReadLock,
  readLock,
  renderLock,
  rootFrom,
  writeLock,
} from '../ledger/lean.ts'
import { interruptible } from './interrupt.ts'
import type { LockFlags } from './lock.ts'
import type { Judgement } from './lock-facts.ts'
import { lockText } from './lock-text.ts'
import { type ProgressLine, progressLine } from './progress.ts'
import { seen } from './seen.ts'
import { saveCache, statCacheOf } from './stat-caches.ts'

/** An artifact that was locked, and what a person should know of it. */
export interface LockedNow {
  readonly artifact: LockedArtifact
  /** The entry that it replaces. */
  readonly before: LockedArtifact | undefined
  readonly notes: readonly string[]
}

/** What one call works with. */
interface Work {
  readonly flags: LockFlags
  readonly lockFile: string
  readonly before: ReadLock | null
  readonly line: ProgressLine
  readonly signal: AbortSignal
}

/** Locks and releases what the command line names; the text for stdout and the exit code. */
export async function locked(paths: readonly string[], flags: LockFlags): Promise<{ text: string; code: number }> {
  checkFlags(paths, flags)
  const lockFile = resolve(flags.lock ?? lockName)
  const before = existing(lockFile)
  const { signal, release } = interruptible('Stopping: the lock stays as it was.')
  const line = progressLine(flags.quiet === true || flags.json === true)
  const done: LockedNow[] = []
  try {
    for (const path of paths) done.push(await lockOne(path, { flags, lockFile, before, line, signal }))
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason
    line.clear()
    process.stderr.write(`bezoar: ${seen(reason.message)}\n  ${seen(reason.remedy)}\n`)
    return { text: '', code: exitCodes.block }
  } finally {
    line.clear()
    release()
  }
  refuseDoubles(done, before?.lock)
  const at = (flags.at ?? new Date()).toISOString()
  const lock = changedLock(before?.lock ?? null, {
    put: done.map(({ artifact }) => artifact),
    ...(flags.remove ? { remove: flags.remove } : {}),
    at,
  })
  const isNew = lock !== before?.lock
  if (isNew) writeLock(lockFile, lock, before?.text ?? null)
  const text = flags.json ? renderLock(lock) : lockText(lock, flags.lock ?? lockName, done, isNew)
  const holds = done.some(({ artifact }) => artifact.decision?.verdict === 'hold')
  return { text, code: (flags.scan || flags.report !== undefined) && holds ? exitCodes.hold : 0 }
}

function checkFlags(paths: readonly string[], flags: LockFlags): void {
  const wrong = (message: string, remedy: string) => new Fault('bad-option', message, remedy)
  if (paths.length === 0 && !flags.remove)
    throw new Fault('nothing-to-do', 'No path was given.', 'Name the files and folders to lock.')
  if (flags.name === '') throw wrong('--name is empty.', 'Give a name, or leave it out for that of the path.')
  if (paths.length > 1 && flags.name !== undefined) throw wrong('--name fits one path only.', 'Lock them one by one.')
  if (paths.length > 1 && flags.report !== undefined)
    throw wrong('--report fits one path only.', 'Lock them one by one, or use --scan.')
  if (flags.scan && flags.report !== undefined) throw wrong('--scan and --report exclude each other.', 'Give one.')
  if (flags.fast && flags.paranoid) throw wrong('--fast and --paranoid exclude each other.', 'Give one.')
  if (flags.forceBlocked && !flags.scan && flags.report === undefined)
    throw wrong('--force-blocked has no meaning without a verdict.', 'Give --scan or --report, too.')
}

function existing(lockFile: string): ReadLock | null {
  try {
    return readLock(lockFile)
  } catch (reason) {
    if (reason instanceof Fault && reason.code === 'no-such-path') return null
    throw reason
  }
}

async function lockOne(path: string, work: Work): Promise<LockedNow> {
  const { flags, lockFile, line, signal } = work
  const root = rootFrom(lockFile, path)
  const before = work.before?.lock.artifacts.find(artifact => artifact.root === root)
  const kind = flags.as ?? before?.kind ?? (await kindAt(path))
  const judgement = await judgementAt(path, kind, flags)
  refuseBlocked(judgement, path, flags)
  const cache = statCacheOf(path, flags, true)
  const locking = await lockPath(path, {
    lockPath: lockFile,
    kind,
    ...nameOf(flags, before),
    ignore: flags.ignore ?? (before?.ignored ?? []).filter(pattern => !defaultIgnores.includes(pattern)),
    linksOut: flags.linksOut ?? before?.linksOut === true,
    ...(flags.threads === undefined ? {} : { workers: flags.threads }),
    ...(cache ? { cache } : {}),
    onProgress: ({ bytes, ofBytes }) => line.show(`Locking ${path}: ${percent(bytes, ofBytes)}`),
    signal,
  })
  saveCache(cache, flags)
  const { artifact, notes } = await withFacts(path, locking, before, work)
  const decided = judgement ? await (await facts()).withDecision(artifact, judgement, flags) : artifact
  return { artifact: decided, before, notes: [...notes, ...notesOf(locking), ...dropped(before, decided)] }
}

/** Readers of every format and detectors, which a lock of bytes alone does without. */
const facts = () => import('./lock-facts.ts')

const kindAt = async (path: string) => (await import('../scan/index.ts')).kindOf([path])

async function judgementAt(path: string, kind: LockedArtifact['kind'], flags: LockFlags): Promise<Judgement | null> {
  const isAsked = flags.scan || flags.report !== undefined
  return isAsked ? (await facts()).judgementOf(path, kind, flags) : null
}

const percent = (part: number, whole: number): string => `${Math.floor((100 * part) / Math.max(1, whole))} %`

function nameOf(flags: LockFlags, before: LockedArtifact | undefined): { name?: string } {
  const name = flags.name ?? before?.name
  return name === undefined ? {} : { name }
}

function refuseBlocked(judgement: Judgement | null, path: string, flags: LockFlags): void {
  if (judgement?.decision.verdict !== 'block' || flags.forceBlocked) return
  const [reason] = judgement.decision.reasons
  throw new Refused(
    `${path} is not locked: the verdict is block${reason ? `: ${reason.text}` : ''}.`,
    'A lock says what is trusted. To lock it all the same, give --force-blocked; the lock will say so.',
  )
}

/** The verdict says no: not a fault of the caller, and the exit code is that of the verdict. */
class Refused extends Error {
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.name = 'Refused'
    this.remedy = remedy
  }
}

/** Rows and origin; what an earlier lock says of the same bytes still holds. */
async function withFacts(
  path: string,
  locking: Locking,
  before: LockedArtifact | undefined,
  { flags, line }: Work,
): Promise<{ artifact: LockedArtifact; notes: readonly string[] }> {
  const notes: string[] = []
  const isSame = before?.id === locking.artifact.id
  let { artifact } = locking
  if (isSame && before.decision) artifact = { ...artifact, decision: before.decision }
  if (isSame && before.baseline) artifact = { ...artifact, baseline: before.baseline }
  if (flags.rows && artifact.kind !== 'model') {
    const table = isSame && before.table ? before.table : await rowsOf(path, locking, before, line, notes)
    if (table) artifact = { ...artifact, table }
  }
  if (flags.origin) {
    const { origin, remarks } = await (await facts()).withOrigin(path, locking)
    if (origin) artifact = { ...artifact, origin }
    notes.push(...remarks)
  }
  return { artifact, notes }
}

async function rowsOf(
  path: string,
  { tree }: Locking,
  before: LockedArtifact | undefined,
  line: ProgressLine,
  notes: string[],
): Promise<LockedArtifact['table']> {
  const { tableAt } = await facts()
  try {
    return await tableAt(path, tree.isFile, before?.table, rows =>
      line.show(`Locking ${path}: ${rows.toLocaleString('en-US')} rows`),
    )
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason
    notes.push(`its rows are not pinned, its files are: ${reason.message}`)
    return undefined
  }
}

function notesOf({ artifact, ignoredFiles, runnable, unseen, tree }: Locking): string[] {
  const notes = tree.leftOut.map(({ name, reason }) => `not pinned: ${name}, ${reason}`)
  if (ignoredFiles > 0) notes.push(`${ignoredFiles} files left out by patterns: ${artifact.ignored.join(' ')}`)
  for (const { file, why } of runnable)
    notes.push(`left out by a pattern and pinned all the same: ${file.name}, ${why}`)
  for (const name of unseen) notes.push(`left out by a pattern and not looked into: ${name}`)
  for (const group of tree.clashes) notes.push(`one name where case or Unicode forms do not count: ${group.join(', ')}`)
  return notes
}

function dropped(before: LockedArtifact | undefined, after: LockedArtifact): string[] {
  if (!before?.decision || after.decision) return []
  return [
    `the earlier decision (${before.decision.verdict}) was about other bytes and is dropped; scan again to decide`,
  ]
}

/** Two artifacts of one name would be one. */
function refuseDoubles(done: readonly LockedNow[], lock: Lock | undefined): void {
  const roots = new Map((lock?.artifacts ?? []).map(({ name, root }) => [name, root]))
  for (const { artifact, before } of done) {
    const root = roots.get(artifact.name)
    if (root !== undefined && root !== artifact.root)
      throw new Fault(
        'would-overwrite',
        `The lock already has an artifact "${artifact.name}", at ${root}.`,
        'Give this one another name with --name, or release the other with --remove.',
      )
    if (before && before.name !== artifact.name)
      throw new Fault(
        'would-overwrite',
        `${artifact.root} is locked already, as "${before.name}".`,
        `Release that first: bezoar lock --remove "${before.name}"`,
      )
    roots.set(artifact.name, artifact.root)
  }
}
