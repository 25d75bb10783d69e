import { crc32 } from 'node:zlib'
import { canonical } from '../../core/lean.ts'
import type { LockedArtifact, LockedEvent, LockedPart } from './schema.ts'
import { lineDigest, taggedDigest } from './tagged.ts'

/** What an id holds of a part. */
export type PartFacts = Pick<LockedPart, 'name' | 'size' | 'sha256' | 'blake3' | 'link'>

const lineOf = ({ name, size, sha256, blake3, link }: PartFacts): string =>
  `[${JSON.stringify(name)},${size},"${sha256}","${blake3}",${link === undefined ? 'null' : JSON.stringify(link)}]`

/** The id of an artifact: its files' names, sizes, bytes and links, in the order of their names. */
export function partsId(parts: Iterable<PartFacts>): string {
  const digest = lineDigest('parts')
  for (const part of parts) digest.add(lineOf(part))
  return digest.hex()
}

/** Proves parts one by one while their id is formed. */
export interface PartProof {
  /** True when the check is that of the part. */
  add(part: PartFacts, check: string): boolean
  id(): string
}

/** Begins a proof: nothing is added yet. */
export function partProof(): PartProof {
  const digest = lineDigest('parts')
  return {
    add(part, check) {
      const line = lineOf(part)
      digest.add(line)
      return crc32(line) === Number.parseInt(check, 16)
    },
    id: () => digest.hex(),
  }
}

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
