import { crc32 } from 'node:zlib'
import { canonical } from '../../core/lean.ts'
import type { LockedArtifact, LockedEvent, LockedPart } from './schema.ts'
import { taggedDigest } from './tagged.ts'

/** What an id holds of a part. */
export type PartFacts = Pick<LockedPart, 'name' | 'size' | 'sha256' | 'blake3' | 'link'>

const lineOf = ({ name, size, sha256, blake3, link }: PartFacts): string =>
  `[${JSON.stringify(name)},${size},"${sha256}","${blake3}",${link === undefined ? 'null' : JSON.stringify(link)}]`

/** The id of an artifact: its files' names, sizes, bytes and links, in the order of their names. */
export const partsId = (parts: readonly PartFacts[]): string =>
  taggedDigest(
    'parts',
    parts.map(part => lineOf(part)),
  )

/** An artifact but for its list of parts, which its id stands for. */
function entryOf(artifact: LockedArtifact): string {
  const { parts: _, check: __, ...entry } = artifact
  return canonical(entry)
}

/** The id of a lock: everything that its artifacts say. */
export const lockId = (artifacts: readonly LockedArtifact[]): string =>
  taggedDigest('artifacts', artifacts.map(entryOf))

/** What links an event to the one before. */
export const eventHash = ({ at, id, what, previous }: Omit<LockedEvent, 'hash'>): string =>
  taggedDigest('event', [canonical({ at, id, what, previous })])

const short = (text: string): string => crc32(text).toString(16).padStart(8, '0')

/** Tells a person which part was edited. */
export const partCheck = (part: PartFacts): string => short(lineOf(part))

/** Tells a person which artifact was edited beside its parts. */
export const artifactCheck = (artifact: LockedArtifact): string => short(entryOf(artifact))
