import type { LockedArtifact } from '../lock/schema.ts'
import { iriPath } from './names.ts'

/** Reference to an artifact within a bill. */
export const artifactRef = ({ name }: LockedArtifact): string => `artifact:${iriPath(name)}`
/** Reference to a file of an artifact within a bill. */
export const partRef = (artifact: LockedArtifact, part: string): string => `${artifactRef(artifact)}#${iriPath(part)}`
