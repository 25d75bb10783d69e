import type { LockedArtifact } from '../lock/schema.ts'
import type { Subject } from './statement.ts'

/** The parts of an artifact by digest, or the whole artifact by its id, which binds names and sizes too. */
export type SubjectsBy = 'parts' | 'id'

/** A part's name in a statement about several artifacts. */
export const nameIn = (artifact: LockedArtifact, part: string): string => `${artifact.name}/${part}`

/**
 * Subjects for artifacts of a lock. Names are those of the parts, after the artifact's name where there are several
 * artifacts. An artifact without parts is named by its id.
 */
export function subjectsOf(artifacts: readonly LockedArtifact[], by: SubjectsBy = 'parts'): Subject[] {
  const several = artifacts.length > 1
  return artifacts.flatMap(artifact => {
    if (by === 'id' || artifact.parts.length === 0) return [{ name: artifact.name, digest: { sha256: artifact.id } }]
    return artifact.parts.map(({ name, sha256 }) => ({
      name: several ? nameIn(artifact, name) : name,
      digest: { sha256 },
    }))
  })
}
