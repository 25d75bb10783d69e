import { createHash } from 'node:crypto'
import { z } from 'zod'
import { byCodePoints } from '../../names.ts'
import type { Algorithm } from '../../tree.ts'
import { strictJson } from './json.ts'
import { legacyManifest, legacyPredicate } from './legacy.ts'
import { isInside, shardOf, under } from './names.ts'
import { Refused } from './refused.ts'

/** What a statement says about a model, in the current layout. */
export const predicateType = 'https://model_signing/signature/v1.0'
/** The envelope of statements. */
export const statementType = 'https://in-toto.io/Statement/v1'

/** A file or a range of one, and its digest, as signed. */
export interface Resource {
  readonly name: string
  readonly digest: string
}

/** How the files were enumerated and hashed when they were signed. */
export interface Serialization {
  readonly method: 'files' | 'shards'
  readonly hashType: Algorithm
  readonly allowSymlinks: boolean
  readonly shardBytes?: number
  /** Paths from the root, as the signer wrote them. */
  readonly ignorePaths: readonly string[]
}

/** What was signed, read from a payload. */
export interface Manifest {
  /** The signer's name for the whole; decides nothing. */
  readonly subject: string
  readonly root: string
  readonly serialization: Serialization
  /** In the order of the payload. */
  readonly resources: readonly Resource[]
  /** True for the layout of version 0.2, which says nothing on links or on what was left out. */
  readonly legacy: boolean
}

/** Names that the specification leaves out of every signature, at the root alone. */
export const alwaysIgnored: readonly string[] = ['.git', '.gitattributes', '.github', '.gitignore']

const hexLength: Readonly<Record<Algorithm, number>> = { sha256: 64, blake3: 64, blake2b: 128 }
const hashType = z.enum(['sha256', 'blake2b', 'blake3'])
const statement = z.looseObject({
  _type: z.literal(statementType),
  predicateType: z.string(),
  subject: z.array(z.looseObject({ name: z.string().optional(), digest: z.record(z.string(), z.string()) })).min(1),
  predicate: z.unknown(),
})
const predicate = z.strictObject({
  serialization: z.strictObject({
    method: z.enum(['files', 'shards']),
    hash_type: hashType,
    allow_symlinks: z.boolean(),
    shard_size: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
    ignore_paths: z.array(z.string().min(1).max(4096)).max(10_000).optional(),
  }),
  resources: z
    .array(z.looseObject({ name: z.string(), algorithm: z.string(), digest: z.string().regex(/^[0-9a-f]+$/) }))
    .min(1),
})

/** Reads the signed bytes. Throws Refused with code `statement` when they do not say what was signed, or say it twice. */
export function parseStatement(payload: Uint8Array): Manifest {
  const found = statement.safeParse(parsed(payload))
  if (!found.success) throw refused(firstIssue(found.error))
  const { data } = found
  if (data.predicateType === legacyPredicate) return legacyManifest(data.subject)
  if (data.predicateType !== predicateType)
    throw refused(`it speaks of ${JSON.stringify(data.predicateType.slice(0, 120))}, not of a signed model`)
  const body = predicate.safeParse(data.predicate)
  if (!body.success) throw refused(`predicate.${firstIssue(body.error)}`)
  if (data.subject.length !== 1) throw refused(`it has ${data.subject.length} subjects; exactly one is allowed`)
  const { serialization: s, resources } = body.data
  if ((s.method === 'shards') !== (s.shard_size !== undefined))
    throw refused('shard_size must stand with the method "shards" and with no other')
  const [subject] = data.subject
  const manifest: Manifest = {
    subject: subject?.name ?? '',
    root: subject?.digest.sha256 ?? '',
    serialization: {
      method: s.method,
      hashType: s.hash_type,
      allowSymlinks: s.allow_symlinks,
      ...(s.shard_size === undefined ? {} : { shardBytes: s.shard_size }),
      ignorePaths: s.ignore_paths ?? [],
    },
    resources: resources.map(({ name, digest }) => ({ name, digest })),
    legacy: false,
  }
  const algorithms = [s.hash_type, referenceAlgorithm(manifest.serialization)]
  const foreign = resources.find(resource => !algorithms.includes(resource.algorithm))
  if (foreign) throw refused(`${JSON.stringify(foreign.name)} has another algorithm than hash_type says`)
  checkResources(manifest)
  checkRoot(manifest)
  return manifest
}

function parsed(payload: Uint8Array): unknown {
  try {
    return strictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload))
  } catch (cause) {
    throw refused(cause instanceof SyntaxError ? cause.message : 'it is not UTF-8')
  }
}

const refused = (why: string): Refused => new Refused('statement', `The signed statement is not acceptable: ${why}.`)

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong'}`
}

function checkResources({ serialization, resources }: Manifest): void {
  const single = resources.length === 1 && resources[0]?.name === '.'
  const seen = new Set<string>()
  const isIgnored = under(serialization.ignorePaths)
  for (const { name, digest } of resources) {
    const path = serialization.method === 'shards' ? shardOf(name)?.path : name
    if (path === undefined) throw refused(`${JSON.stringify(name)} names no range of bytes`)
    if (!(single || isInside(path) || isSingleShard(path, resources)))
      throw refused(`${JSON.stringify(name)} is no name below the root`)
    if (seen.has(name)) throw refused(`${JSON.stringify(name)} is listed twice`)
    seen.add(name)
    if (digest.length !== hexLength[serialization.hashType])
      throw refused(`the digest of ${JSON.stringify(name)} has the wrong length`)
    if (isIgnored(path)) throw refused(`${JSON.stringify(name)} is listed and ignored`)
  }
}

/** The reference names shards of a single file `.:0:n`. */
const isSingleShard = (path: string, resources: readonly Resource[]): boolean =>
  path === '.' && resources.every(resource => shardOf(resource.name)?.path === '.')

/** The root is over the digests as listed; a writer that lists in another order may have summed in sorted order. */
function checkRoot({ root, resources }: Manifest): void {
  if (root === rootOf(resources)) return
  if (root === rootOf(sorted(resources))) return
  throw refused('the digest of its subject is not the digest of its resources')
}

/** Resources as the specification orders them. */
export const sorted = <T extends { readonly name: string }>(resources: readonly T[]): T[] =>
  [...resources].sort((a, b) => byCodePoints(a.name, b.name))

/** SHA-256 over the digests one after the other, as bytes. It does not cover the names: those are in the payload. */
export function rootOf(resources: readonly Resource[]): string {
  const hash = createHash('sha256')
  for (const { digest } of resources) hash.update(digest, 'hex')
  return hash.digest('hex')
}

/** What the reference implementation writes as the algorithm of a shard, where the specification has the hash alone. */
export const referenceAlgorithm = ({ hashType, shardBytes }: Serialization): string =>
  shardBytes === undefined ? hashType : `${hashType}-sharded-${shardBytes}`

/** The bytes to sign for resources in the order of the specification. */
export function writeStatement(
  subject: string,
  serialization: Serialization,
  resources: readonly Resource[],
  algorithm: string = serialization.hashType,
): Buffer {
  const { method, hashType: hash_type, allowSymlinks, shardBytes, ignorePaths } = serialization
  const ordered = sorted(resources)
  const document = {
    _type: statementType,
    subject: [{ name: subject, digest: { sha256: rootOf(ordered) } }],
    predicateType,
    predicate: {
      serialization: {
        method,
        hash_type,
        allow_symlinks: allowSymlinks,
        ...(shardBytes === undefined ? {} : { shard_size: shardBytes }),
        ignore_paths: [...ignorePaths].sort(byCodePoints),
      },
      resources: ordered.map(({ name, digest }) => ({ name, algorithm, digest })),
    },
  }
  return Buffer.from(JSON.stringify(document))
}
