import { z } from 'zod'
import { Fault } from '../../core/index.ts'
import type { Lock, LockedArtifact } from '../lock/schema.ts'
import type { Envelope } from './envelope.ts'
import { parsedJson } from './json.ts'
import { asStatement, payloadType, predicateTypes, type Statement } from './statement.ts'
import { nameIn } from './subjects.ts'

/** A statement file as it was found. */
export interface FoundStatement {
  readonly statement: Statement
  /** True when the predicate is one of those whose shape is known and was checked. */
  readonly known: boolean
  /** How it was wrapped: as it is, in a DSSE envelope, or in a Sigstore bundle around one. */
  readonly wrapped: 'plain' | 'envelope' | 'bundle'
  /** The envelope, to verify its signature. */
  readonly envelope: Envelope | null
}

const remedy = 'Give a statement that `bezoar attest` wrote, or an envelope or bundle around one.'

/**
 * Reads a statement, alone or in its envelope. The signature of an envelope is not judged here.
 * @throws Fault `bad-signature` naming what is wrong and where.
 */
export function readStatement(text: string, name: string): FoundStatement {
  const place = { name, code: 'bad-signature', remedy } as const
  const outer = parsedJson(text, place)
  const envelope = envelopeOf(outer)
  const inner =
    envelope === null ? outer : parsedJson(payloadOf(envelope, name), { ...place, name: `the payload of ${name}` })
  const read = asStatement(inner)
  if ('why' in read)
    throw new Fault('bad-signature', `${name} is no in-toto statement: ${read.where}: ${read.why}.`, remedy)
  const wrapped = envelope === null ? 'plain' : envelope === outer ? 'envelope' : 'bundle'
  return { ...read, wrapped, envelope: envelope === null ? null : checkedEnvelope(envelope, name) }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function envelopeOf(value: unknown): Fields | null {
  if (!isFields(value)) return null
  if (isFields(value.dsseEnvelope)) return value.dsseEnvelope
  return 'payloadType' in value || 'payload' in value ? value : null
}

function payloadOf(envelope: Fields, name: string): string {
  const refuse = (why: string) => new Fault('bad-signature', `${name}: ${why}`, remedy)
  if (envelope.payloadType !== payloadType) throw refuse(`the payload type is not ${payloadType}.`)
  const { payload } = envelope
  if (typeof payload !== 'string' || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(payload))
    throw refuse('the payload is not base64.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(payload, 'base64'))
  } catch {
    throw refuse('the payload is not UTF-8.')
  }
}

const shape = z.looseObject({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z.array(z.looseObject({ sig: z.string(), keyid: z.string().nullish() })),
})

function checkedEnvelope(envelope: Fields, name: string): Envelope {
  const read = shape.safeParse(envelope)
  if (!read.success) throw new Fault('bad-signature', `${name}: the envelope has no list of signatures.`, remedy)
  return { ...read.data, signatures: read.data.signatures.map(({ sig, keyid }) => ({ sig, keyid: keyid ?? '' })) }
}

/** How the digests of a statement stand to a lock. */
export interface Compared {
  /** Artifacts of the lock that it is about. */
  readonly artifacts: readonly string[]
  readonly equal: number
  /** Named in the lock with another digest. */
  readonly differing: readonly string[]
  /** Neither the name nor the digest is in the lock. */
  readonly unknown: readonly string[]
  /** Parts of those artifacts that the statement leaves out. */
  readonly missing: readonly string[]
}

interface Stated {
  readonly name: string | undefined
  readonly sha256: string | undefined
}

/** Compares the subjects of a statement with a lock: equal when they are all parts, or the id, of its artifacts. */
export function compareSubjects({ subject }: Statement, lock: Lock): Compared {
  const stated = subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }))
  const readings = [
    ...lock.artifacts.map(artifact => comparedWith(stated, [artifact], (_, part) => part)),
    comparedWith(stated, hitBy(stated, lock), (artifact, part) => nameIn(artifact, part)),
  ]
  const hits = ({ equal, differing }: Compared) => equal + differing.length
  const faults = (c: Compared) => c.differing.length + c.unknown.length + c.missing.length
  return readings.sort((a, b) => b.equal - a.equal || hits(b) - hits(a) || faults(a) - faults(b))[0]!
}

/** Compares what provenance says went into a run with a lock; null when the statement is no provenance. */
export function compareDependencies({ predicateType, predicate }: Statement, lock: Lock): Compared | null {
  if (predicateType !== predicateTypes.provenance) return null
  const definition = predicate?.buildDefinition
  const list =
    isFields(definition) && Array.isArray(definition.resolvedDependencies) ? definition.resolvedDependencies : []
  const stated = list.filter(isFields).map(({ name, digest }) => ({
    name: typeof name === 'string' ? name : undefined,
    sha256: isFields(digest) && typeof digest.sha256 === 'string' ? digest.sha256 : undefined,
  }))
  return comparedWith(stated, hitBy(stated, lock), (artifact, part) => nameIn(artifact, part))
}

/** Artifacts that a name or a digest points at. */
function hitBy(stated: readonly Stated[], { artifacts }: Lock): LockedArtifact[] {
  const names = new Set(stated.map(s => s.name))
  const digests = new Set(stated.map(s => s.sha256))
  return artifacts.filter(
    artifact =>
      digests.has(artifact.id) ||
      names.has(artifact.name) ||
      artifact.parts.some(part => names.has(nameIn(artifact, part.name))),
  )
}

function comparedWith(
  stated: readonly Stated[],
  artifacts: readonly LockedArtifact[],
  nameOf: (artifact: LockedArtifact, part: string) => string,
): Compared {
  const byName = new Map<string, string>()
  const byDigest = new Map<string, string[]>()
  for (const artifact of artifacts) {
    for (const { name, sha256 } of artifact.parts) {
      byName.set(nameOf(artifact, name), sha256)
      const alike = byDigest.get(sha256)
      if (alike) alike.push(nameOf(artifact, name))
      else byDigest.set(sha256, [nameOf(artifact, name)])
    }
  }
  const seen = new Set<string>()
  const differing: string[] = []
  const unknown: string[] = []
  const whole = new Map(artifacts.map(artifact => [artifact.id, artifact]))
  for (const { name = '_', sha256 = '' } of stated) {
    const artifact = whole.get(sha256)
    const parts = name === '_' ? takenOnce(byDigest, sha256) : byName.get(name) === sha256 ? [name] : undefined
    if (artifact && (name === '_' || name === artifact.name)) seen.add(artifact.id)
    else if (parts) for (const part of parts) seen.add(part)
    else if (byName.has(name)) differing.push(name)
    else unknown.push(name)
  }
  const named = new Set(differing)
  const missing = artifacts
    .filter(artifact => !seen.has(artifact.id))
    .flatMap(artifact =>
      artifact.parts.map(part => nameOf(artifact, part.name)).filter(name => !seen.has(name) && !named.has(name)),
    )
  return { artifacts: artifacts.map(a => a.name), equal: seen.size, differing, unknown, missing }
}

/** All parts of a digest the first time, and none again: many subjects may have the digest of many empty files. */
function takenOnce(byDigest: Map<string, string[]>, sha256: string): readonly string[] | undefined {
  const parts = byDigest.get(sha256)
  if (parts) byDigest.set(sha256, [])
  return parts
}
