import { isInside } from './names.ts'
import { Refused } from './refused.ts'
import type { Manifest } from './statement.ts'

/** The layout of version 0.2 of the reference: one subject for each file. Read, never written. */
export const legacyPredicate = 'https://model_signing/Digests/v0.1'

interface Subject {
  readonly name?: string | undefined
  readonly digest: Readonly<Record<string, string>>
}

/** What a version 0.2 statement lists. It has no root digest, no ignore list and no rule for links: none are followed. */
export function legacyManifest(subjects: readonly Subject[]): Manifest {
  const single = subjects.length === 1 && subjects[0]?.name === '.'
  const seen = new Set<string>()
  const resources = subjects.map(({ name = '', digest }) => {
    const { sha256 = '' } = digest
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw refused(`the subject ${JSON.stringify(name)} has no SHA-256`)
    if (!(single || isInside(name))) throw refused(`${JSON.stringify(name)} is no name below the root`)
    if (seen.has(name)) throw refused(`${JSON.stringify(name)} is listed twice`)
    seen.add(name)
    return { name, digest: sha256 }
  })
  const serialization = { method: 'files', hashType: 'sha256', allowSymlinks: false, ignorePaths: [] } as const
  return { subject: '', root: '', serialization, resources, legacy: true }
}

const refused = (why: string): Refused => new Refused('statement', `The signed statement is not acceptable: ${why}.`)
