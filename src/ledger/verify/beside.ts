import type { LockedArtifact } from '../lock/schema.ts'
import type { RunnableFile } from '../runnable.ts'
import type { Tree } from '../tree.ts'
import { foldersAbove, type Scope } from './compare.ts'
import type { Difference } from './difference.ts'

type Runnable = NonNullable<LockedArtifact['runnable']>

/** Differences in what was found and could not be pinned: new links out of the tree, pipes where nothing was. */
export function compareLeftOut(artifact: LockedArtifact, tree: Tree, scope: Scope): Difference[] {
  if (tree.leftOut.length === 0 && !artifact.leftOut) return []
  const locked = new Map((artifact.leftOut ?? []).map(({ name, reason }) => [name, reason]))
  const parts = new Set(artifact.parts.flatMap(({ name }) => [name, ...foldersAbove(name).map(folder => `${folder}/`)]))
  const files = new Set(tree.files.map(({ name }) => name))
  const now = new Map(tree.leftOut.map(({ name, reason }) => [name, reason]))
  const differences: Difference[] = []
  for (const [part, reason] of now) {
    // Where parts were locked, their own comparison says what has become of them.
    if (!scope(part) || locked.get(part) === reason || parts.has(part)) continue
    const was = locked.get(part)
    const before = was === undefined ? 'the lock does not know it' : `it was ${was}`
    differences.push({ kind: kindOf(reason), part, text: `${reason}; ${before}` })
  }
  for (const [part, reason] of locked)
    if (scope(part) && !now.has(part) && !files.has(part))
      differences.push({ kind: 'removed', part, text: `${reason} when it was locked, and is gone` })
  return differences
}

const kindOf = (reason: string): Difference['kind'] => {
  if (reason.startsWith('a link')) return 'symlinked'
  return reason.includes('cannot be read') || reason.includes('cannot be looked at') ? 'unreadable' : 'added'
}

/** Differences in files that patterns leave out and that something could run. */
export function compareRunnable(
  artifact: LockedArtifact,
  found: readonly RunnableFile[],
  now: Runnable,
  scope: Scope,
): Difference[] {
  const locked = new Map((artifact.runnable ?? []).map(part => [part.name, part]))
  const why = new Map(found.map(({ file, why }) => [file.name, why]))
  const read = new Set(now.map(({ name }) => name))
  const differences: Difference[] = now.flatMap(part => {
    const was = locked.get(part.name)
    if (!scope(part.name) || (was && was.sha256 === part.sha256 && was.size === part.size && was.link === part.link))
      return []
    const kind = was ? ('changed' as const) : ('ignored' as const)
    const what = was ? 'and it holds other bytes than were locked' : 'the lock does not know it'
    return [{ kind, part: part.name, text: `a pattern leaves it out, ${what}; ${why.get(part.name)}` }]
  })
  for (const { file } of found)
    if (scope(file.name) && !read.has(file.name))
      differences.push({ kind: 'unreadable', part: file.name, text: 'a pattern leaves it out, and it cannot be read' })
  for (const part of locked.keys())
    if (scope(part) && !why.has(part))
      differences.push({
        kind: 'removed',
        part,
        text: 'a pattern leaves it out, it was pinned, and it is gone or no more what could be run',
      })
  return differences
}
