import { readFileSync, statSync } from 'node:fs'
import { Fault } from '../../core/lean.ts'
import { faultOf } from '../../sources/lean.ts'
import { byCodePoints, unsafeName } from '../names.ts'
import { artifactCheck, eventHash, lockId, partCheck, partsId } from './id.ts'
import { cutParts, partsOfLines } from './part-lines.ts'
import { type Lock, type LockedArtifact, lock, lockVersion } from './schema.ts'
import { renderLock } from './write.ts'

/** A lock of two million files is smaller. */
const mostBytes = 400 << 20

const remedy =
  'Take the lock from where it is kept (version control, a backup), or make a new one with `bezoar lock` ' +
  'once you have looked at what changed. A lock is never edited by hand.'

/** A lock and the text it was read from. */
export interface ReadLock {
  readonly lock: Lock
  readonly text: string
}

/** Reads a lock file. @throws Fault `bad-lock` that names the entry; `no-such-path` when there is no file. */
export function readLock(path: string): ReadLock {
  let text: string
  try {
    const known = statSync(path)
    // A pipe of that name would be waited for.
    if (known.isFIFO() || known.isCharacterDevice() || known.isSocket())
      throw new Fault('bad-lock', `${path} is no file.`, 'Name the lock, or take away what stands in its place.')
    if (known.size > mostBytes) throw new Fault('bad-lock', `${path} is larger than any lock.`, remedy)
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (reason) {
    if (reason instanceof TypeError) throw new Fault('bad-lock', `${path} is not valid UTF-8.`, remedy)
    throw reason instanceof Fault ? reason : faultOf(reason, path)
  }
  return { lock: parseLock(text, path), text }
}

/**
 * Reads the text of a lock and proves that it is as it was written: shape, order, names, checks, ids, history, and the
 * text itself, so that no reader of JSON sees another lock in it.
 * @param name how messages call it
 */
export function parseLock(text: string, name: string): Lock {
  try {
    return believed(text, name)
  } catch (reason) {
    // Honest locks nest a dozen levels; what follows each level on the stack ends here.
    if (reason instanceof RangeError) throw new Fault('bad-lock', `${name}: it nests deeper than any lock.`, remedy)
    throw reason
  }
}

function believed(text: string, name: string): Lock {
  return proven(text.includes('\r') ? text.replaceAll('\r\n', '\n') : text) ?? doubted(text, name)
}

/**
 * The lock of a text that is in every way as Bezoar writes it; null of any other. The lines of parts are proven as they
 * stand, each against its check and all against their id, and the rest against the text that it is written as.
 */
function proven(text: string): Lock | null {
  const cut = cutParts(text)
  if (cut === null) return null
  const result = lock.safeParse(jsonOf(cut.skeleton))
  if (!result.success || result.data.artifacts.length !== cut.lists.length) return null
  const artifacts: LockedArtifact[] = []
  for (const [i, artifact] of withoutChecks(result.data).artifacts.entries()) {
    const parts = partsOfLines(text, cut.lists[i]!, artifact.id)
    if (parts === null) return null
    artifacts.push({ ...artifact, parts })
  }
  // Ids and checks of artifacts stand for their parts by the id of those, which is proven.
  const flawed = [...problems(result.data, () => [])].length > 0 || renderLock(result.data) !== cut.skeleton
  return flawed ? null : { ...result.data, artifacts }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The slow way: says what is wrong, the most telling first. */
function doubted(text: string, name: string): Lock {
  const bad = (why: string): Fault => new Fault('bad-lock', `${name}: ${why}`, remedy)
  const value = parsed(text, bad)
  const version = value !== null && typeof value === 'object' && 'version' in value ? value.version : undefined
  if (typeof version === 'string' && version !== lockVersion)
    throw new Fault(
      'bad-lock',
      `${name} has version ${version.slice(0, 20)} of the lock; this is ${lockVersion}.`,
      'Update Bezoar.',
    )
  const result = lock.safeParse(value)
  if (!result.success) {
    const issue = result.error.issues[0]!
    throw bad(`${placeOf(value, issue.path)}: ${issue.message}.`)
  }
  for (const why of problems(result.data)) throw bad(why)
  const unlike = firstUnlike(text.replaceAll('\r\n', '\n'), renderLock(result.data))
  if (unlike > 0) throw bad(`line ${unlike} is not as Bezoar writes it; somebody or something edited the file.`)
  return withoutChecks(result.data)
}

function parsed(text: string, bad: (why: string) => Fault): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    const position = Number(/position (\d+)/.exec(why)?.[1] ?? text.length)
    const before = text.slice(0, position)
    const names = [...before.slice(-100_000).matchAll(/"name": "((?:[^"\\]|\\.)*)"/g)]
    const last = names.at(-1)?.[1]
    const line = before.split('\n').length
    const after = last === undefined ? '' : `, at or after the entry "${last}"`
    const what = position >= text.trimEnd().length ? 'it is cut off' : 'it is no JSON from there on'
    throw bad(`${what}: line ${line}${after}.`)
  }
}

/** Where an issue lies, by the names of artifact and part. */
function placeOf(value: unknown, path: readonly PropertyKey[]): string {
  const words: string[] = []
  let at = value
  for (const key of path) {
    at = at !== null && typeof at === 'object' ? Reflect.get(at, key) : undefined
    const name = at !== null && typeof at === 'object' && 'name' in at ? at.name : undefined
    if (typeof key === 'number') words.push(typeof name === 'string' ? `"${name.slice(0, 200)}"` : `entry ${key + 1}`)
    else words.push(String(key))
  }
  return words.length > 0 ? words.join(', ') : 'the whole file'
}

/** What is wrong with a lock of the right shape, the most telling first. */
function* problems(value: Lock, ofParts = partProblems): Iterable<string> {
  for (const artifact of value.artifacts) yield* artifactProblems(artifact, ofParts)
  yield* orderProblems(
    value.artifacts.map(({ name }) => name),
    'artifact',
  )
  if (lockId(value.artifacts) !== value.id) yield 'its id does not fit what it says; somebody edited the file.'
  let previous: string | null = null
  for (const [i, event] of value.history.entries()) {
    const of = `event ${i + 1} of the history (${event.at})`
    if (event.previous !== previous) yield `${of} does not follow the one before it.`
    if (eventHash(event) !== event.hash) yield `${of} was edited.`
    previous = event.hash
  }
  if (value.history.at(-1)!.id !== value.id) yield 'the last event of the history is about another state of the lock.'
}

function* artifactProblems(artifact: LockedArtifact, ofParts: typeof partProblems): Iterable<string> {
  const of = `artifact "${artifact.name}"`
  const why = unsafeRoot(artifact.root)
  if (why) yield `${of}: its root "${artifact.root}" cannot be one: ${why}.`
  yield* ofParts(artifact, of)
  for (const { name } of artifact.runnable ?? []) {
    const bad = unsafeName(name)
    if (bad) yield `${of}, runnable "${name}": the name cannot be one: ${bad}.`
  }
  for (const list of [artifact.runnable ?? [], artifact.leftOut ?? []])
    yield* orderProblems(
      list.map(({ name }) => name),
      `${of}, part`,
    )
  if (artifactCheck(artifact) !== artifact.check) yield `${of} was edited.`
}

function* partProblems(artifact: LockedArtifact, of: string): Iterable<string> {
  for (const part of artifact.parts) {
    const bad = unsafeName(part.name)
    if (bad) yield `${of}, part "${part.name}": the name cannot be one: ${bad}.`
    if (partCheck(part) !== part.check) yield `${of}, part "${part.name}" was edited.`
  }
  yield* orderProblems(
    artifact.parts.map(({ name }) => name),
    `${of}, part`,
  )
  if (partsId(artifact.parts) !== artifact.id)
    yield `${of}: its parts do not fit its id; one was edited, added or taken out.`
}

function* orderProblems(names: readonly string[], what: string): Iterable<string> {
  for (let i = 1; i < names.length; i++) {
    const order = byCodePoints(names[i - 1]!, names[i]!)
    if (order === 0) yield `${what} "${names[i]}" stands there twice.`
    if (order > 0) yield `${what} "${names[i]}" is out of order.`
  }
}

/** Why a root cannot be one: it is a path from the folder of the lock, which may lead above it. */
export function unsafeRoot(root: string): string | null {
  if (root === '.') return null
  if (root.endsWith('/')) return 'it ends with a slash'
  const inner = root.replace(/^(\.\.(\/|$))+/, '')
  return inner === '' ? null : unsafeName(inner)
}

/** The first line that differs; 0 when none does. */
function firstUnlike(text: string, wanted: string): number {
  if (text === wanted) return 0
  const [left, right] = [text.split('\n'), wanted.split('\n')]
  return left.findIndex((line, i) => line !== right[i]) + 1 || left.length
}

const withoutChecks = (value: Lock): Lock => ({
  ...value,
  artifacts: value.artifacts.map(({ check: _, parts, ...artifact }) => ({
    ...artifact,
    parts: parts.map(({ check: __, ...part }) => part),
  })),
})
