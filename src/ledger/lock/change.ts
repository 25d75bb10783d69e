import { Fault } from '../../core/lean.ts'
import { byCodePoints } from '../names.ts'
import { eventHash, lockId } from './id.ts'
import { type Lock, type LockedArtifact, type LockedEvent, lockVersion } from './schema.ts'

/** What is to be locked or released. */
export interface LockChange {
  /** Artifacts to be added, or put in the place of those of the same name. */
  readonly put?: readonly LockedArtifact[]
  /** Names of artifacts to be released. */
  readonly remove?: readonly string[]
  /** When, ISO 8601 in UTC with milliseconds. */
  readonly at: string
}

/** The lock after a change; the very same one when nothing changes. @throws Fault for a name that is not there */
export function changedLock(before: Lock | null, { put = [], remove = [], at }: LockChange): Lock {
  const artifacts = new Map((before?.artifacts ?? []).map(artifact => [artifact.name, artifact]))
  const told: string[] = []
  for (const name of remove) {
    if (!artifacts.delete(name))
      throw new Fault(
        'unknown-id',
        `The lock holds no artifact "${name}".`,
        `It holds: ${[...artifacts.keys()].join(', ') || 'none'}.`,
      )
    told.push(`released ${name}`)
  }
  for (const artifact of put) {
    told.push(...sentence(artifacts.get(artifact.name), artifact))
    artifacts.set(artifact.name, artifact)
  }
  const sorted = [...artifacts.values()].sort((a, b) => byCodePoints(a.name, b.name))
  const id = lockId(sorted)
  if (before && before.id === id) return before
  const history = before?.history ?? []
  const event = { at, id, what: told.join('; ') || 'nothing', previous: history.at(-1)?.hash ?? null }
  const events: LockedEvent[] = [...history, { ...event, hash: eventHash(event) }]
  return { $schema: 'urn:bezoar:lock:1.0', version: lockVersion, id, artifacts: sorted, history: events }
}

function sentence(before: LockedArtifact | undefined, after: LockedArtifact): string[] {
  const count = `${after.parts.length} ${after.parts.length === 1 ? 'file' : 'files'}`
  if (!before) return [`locked ${after.name}: ${count}`]
  if (before.id === after.id)
    return lockId([before]) === lockId([after]) ? [] : [`noted more on ${after.name}: ${count}, bytes as before`]
  const old = new Map(before.parts.map(part => [part.name, part]))
  const added = after.parts.filter(part => !old.has(part.name)).length
  const kept = after.parts.filter(part => old.get(part.name)?.sha256 === part.sha256).length
  const changed = after.parts.length - added - kept
  const removed = before.parts.length - (after.parts.length - added)
  return [`locked ${after.name} again: ${changed} changed, ${added} added, ${removed} removed, ${kept} as before`]
}
