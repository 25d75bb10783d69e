import type { Lock, LockedArtifact } from '../ledger/lean.ts'
import { counted, sizeText } from '../report/lean.ts'
import type { LockedNow } from './locked.ts'
import { seen } from './seen.ts'
import { bold, wrapped } from './text.ts'

/** More notes on one artifact than this help nobody at a terminal. */
const mostNotes = 12

/** What was locked, for people, in 80 columns. */
export function lockText(lock: Lock, path: string, done: readonly LockedNow[], isNew: boolean): string {
  const state = isNew ? 'written' : 'unchanged'
  const lines = [`${bold(path)}  ${state}; ${counted(lock.artifacts.length, 'artifact')}`]
  for (const { artifact, before, notes } of done) {
    lines.push(wrapped(`${artifact.name}: ${factsOf(artifact, before)}`, '  ', '    '))
    const { decision } = artifact
    if (decision)
      lines.push(wrapped(`decision: ${decision.verdict}${decision.forced ? ', locked all the same' : ''}`, '    '))
    lines.push(...notes.slice(0, mostNotes).map(note => wrapped(note, '    ! ', '      ')))
    if (notes.length > mostNotes) lines.push(`    ! and ${counted(notes.length - mostNotes, 'further note')}`)
  }
  const last = lock.history.at(-1)!
  lines.push(wrapped(`${last.at}: ${last.what}`, '  '), `  lock id ${lock.id}`)
  return `${lines.join('\n')}\n`
}

function factsOf(artifact: LockedArtifact, before: LockedArtifact | undefined): string {
  const { kind, parts, table, origin } = artifact
  const bytes = parts.reduce((sum, { size }) => sum + size, 0)
  const facts = [kind, counted(parts.length, 'file'), sizeText(bytes)]
  if (table) facts.push(counted(table.rows, 'row'))
  if (origin) facts.push(`${origin.kind} ${seen(origin.repository)} at ${origin.commit.slice(0, 12)}`)
  if (before) facts.push(before.id === artifact.id ? 'as locked before' : changes(before, artifact))
  return facts.join(', ')
}

function changes(before: LockedArtifact, after: LockedArtifact): string {
  const old = new Map(before.parts.map(({ name, sha256 }) => [name, sha256]))
  const added = after.parts.filter(({ name }) => !old.has(name)).length
  const changed = after.parts.filter(({ name, sha256 }) => old.has(name) && old.get(name) !== sha256).length
  const removed = before.parts.length - (after.parts.length - added)
  return `${changed} changed, ${added} added, ${removed} removed`
}
