import { createHash } from 'node:crypto'
import { canonical, type Decision, Fault, type Report } from '../../core/index.ts'
import type { Lock, LockedArtifact, LockedPart } from '../lock/schema.ts'
import { pictureSets } from './picture-sets.ts'

/** A report that is about an artifact of a lock, and what the policy makes of it. */
export interface JudgedArtifact {
  readonly artifact: LockedArtifact
  readonly report: Report
  readonly decision: Decision
  /** SHA-256 of the canonical JSON of the report. */
  readonly digest: string
  /** Parts of the artifact that the report does not name: nobody judged them. */
  readonly unjudged: readonly string[]
}

/** SHA-256 of the canonical JSON of a report: the same however the file is indented. */
export const reportDigest = (report: Report): string => createHash('sha256').update(canonical(report)).digest('hex')

/**
 * Finds the part of an artifact that a path means: by its whole name, by its last names (a scan names files from where
 * it was started), or by the last names of the only part that has them.
 */
export function partFinder(artifact: LockedArtifact): (path: string) => LockedPart | null {
  const byName = new Map(artifact.parts.map(part => [part.name, part]))
  const byFile = new Map<string, LockedPart[]>()
  for (const part of artifact.parts) {
    const alike = byFile.get(fileOf(part.name))
    if (alike) alike.push(part)
    else byFile.set(fileOf(part.name), [part])
  }
  return given => {
    const path = given.replaceAll('\\', '/')
    for (let tail = path; ; tail = tail.slice(tail.indexOf('/') + 1)) {
      const found = byName.get(tail)
      if (found) return found
      if (!tail.includes('/')) break
    }
    const files = byFile.get(fileOf(path)) ?? []
    const alike = files.length > mostAlike ? [] : files.filter(({ name }) => name.endsWith(`/${path}`))
    return alike.length === 1 ? alike[0]! : null
  }
}

/** Files of one name in many folders are not told apart by it. */
const mostAlike = 100
const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * Finds the artifact that a report judged: every part of the report must have the digest of a part of it.
 * @throws Fault `bad-report` when the report was edited, has no digests, or is about other bytes.
 */
export function judgedArtifact(
  lock: Pick<Lock, 'artifacts'>,
  report: Report,
  decision: Decision,
  wanted: { readonly report: string; readonly artifact?: string },
): JudgedArtifact {
  const { artifact: judged } = report
  const again = 'Scan the artifact as it is locked and give that report.'
  if (judged.parts.length === 0 || judged.parts.some(part => part.sha256 === undefined))
    throw new Fault('bad-report', `${wanted.report} has no digests of the files that were judged.`, again)
  const lines = judged.parts.map(part => `${part.name}\0${part.sha256}`).sort()
  if (createHash('sha256').update(lines.join('\n')).digest('hex') !== judged.digest)
    throw new Fault(
      'bad-report',
      `${wanted.report}: the digest of the artifact is not that of its files; it was edited.`,
      again,
    )
  const candidates = lock.artifacts.filter(a => wanted.artifact === undefined || a.name === wanted.artifact)
  const ranked = candidates.map(artifact => ({ artifact, foreign: foreignParts(artifact, report) }))
  const found = ranked.filter(({ foreign }) => foreign.length === 0)
  if (found.length === 1)
    return { ...covered(found[0]!.artifact, report), report, decision, digest: reportDigest(report) }
  if (found.length > 1) {
    const names = found.map(({ artifact }) => artifact.name).join(', ')
    throw new Fault(
      'bad-report',
      `${wanted.report} fits several artifacts of the lock: ${names}.`,
      'Name one: --artifact NAME',
    )
  }
  const nearest = ranked.sort((a, b) => a.foreign.length - b.foreign.length)[0]
  const example = nearest?.foreign[0]
  const about = nearest ? `"${nearest.artifact.name}"` : 'any artifact of the lock'
  throw new Fault(
    'bad-report',
    `${wanted.report} is about other bytes than ${about}${example === undefined ? '' : `: ${example} has another digest in the lock, or is not in it`}.`,
    again,
  )
}

function foreignParts(artifact: LockedArtifact, { artifact: judged }: Report): string[] {
  const digests = new Set(artifact.parts.map(part => part.sha256))
  const partAt = partFinder(artifact)
  const sets = setsFor(artifact, judged)
  return judged.parts
    .filter(({ name, sha256 = '', format }) =>
      format === 'pictures' ? !sets.has(sha256) : !digests.has(sha256) || (partAt(name)?.sha256 ?? sha256) !== sha256,
    )
    .map(part => part.name)
}

const setsFor = ({ parts }: LockedArtifact, judged: Report['artifact']): ReturnType<typeof pictureSets> =>
  judged.parts.some(({ format }) => format === 'pictures') ? pictureSets(parts) : new Map()

function covered(artifact: LockedArtifact, { artifact: judged }: Report) {
  const sets = setsFor(artifact, judged)
  const seen = judged.parts.flatMap(({ sha256 = '', format }) =>
    format === 'pictures' ? (sets.get(sha256) ?? []).map(part => part.sha256) : [sha256],
  )
  const digests = new Set<string | undefined>(seen)
  return { artifact, unjudged: artifact.parts.filter(part => !digests.has(part.sha256)).map(part => part.name) }
}
