import { z } from 'zod'

/** Type of an in-toto Statement, version 1. */
export const statementType = 'https://in-toto.io/Statement/v1'
/** Payload type of a DSSE envelope that holds one. */
export const payloadType = 'application/vnd.in-toto+json'

/** What a statement can say, by the name that the command line uses. */
export const predicateTypes = {
  scan: 'https://in-toto.io/attestation/eval-result/v0.1',
  provenance: 'https://slsa.dev/provenance/v1',
  summary: 'https://slsa.dev/verification_summary/v1',
} as const
export type StatementKind = keyof typeof predicateTypes

const hex = z.string().regex(/^[0-9a-f]+$/, 'must be lower-case hexadecimal')
const digestSet = z
  .record(z.string().min(1), z.string().min(1))
  .refine(set => Object.keys(set).length > 0, 'must hold a digest')
  .refine(({ sha256 }) => sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256), 'must hold 64 hexadecimal digits')
const uri = z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'must be a URI')
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'must be a time such as 2026-11-21T12:00:00Z')
/** A number that survives every reader: no exponent, no float. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number in quotes')

/** ResourceDescriptor of in-toto: at least one of uri, digest, content. */
const descriptor = z
  .looseObject({
    name: z.string().optional(),
    uri: uri.optional(),
    digest: digestSet.optional(),
    content: z.string().optional(),
    downloadLocation: z.string().optional(),
    mediaType: z.string().optional(),
    annotations: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(
    d => d.uri !== undefined || d.digest !== undefined || d.content !== undefined,
    'must have a uri, digest or content',
  )

const subject = z.looseObject({ name: z.string().optional(), digest: digestSet })
/** An artifact that a statement is about. */
export type Subject = z.infer<typeof subject>

const statement = z.looseObject({
  _type: z.literal(statementType),
  subject: z.array(subject).min(1),
  predicateType: uri,
  predicate: z.record(z.string(), z.unknown()).optional(),
})
/** An in-toto Statement: subjects by digest, and a predicate about them. */
export type Statement = z.infer<typeof statement>

const commitment = z.looseObject({ alg: z.string().min(1), value: hex, salted: z.boolean() })
const evaluation = z.looseObject({
  verifier: z.looseObject({ id: uri }),
  evaluatedAt: moment,
  suite: z.looseObject({ name: z.string(), version: z.string() }),
  claims: z
    .array(
      z.looseObject({
        metric: z.string().min(1),
        comparator: z.enum(['>=', '>', '<=', '<']),
        threshold: decimal,
        passed: z.boolean(),
      }),
    )
    .min(1),
  sampleSize: z.number().int().min(0),
  commitments: z.looseObject({ model: commitment, dataset: commitment }),
  assuranceLevel: z.enum(['self_attested', 'third_party', 'reproduced', 'enclave_attested']),
  subjectProfile: z.enum(['receipt', 'public-model', 'release-gate']),
  preRegistration: z.looseObject({ alg: z.literal('sha256'), value: hex }).optional(),
  receipt: z.looseObject({ schema: z.string(), merkleRootB64: z.string() }).optional(),
  harness: z.looseObject({ name: z.string(), version: z.string() }).optional(),
  anchors: z.array(z.unknown()).optional(),
})

const provenance = z.looseObject({
  buildDefinition: z.looseObject({
    buildType: uri,
    externalParameters: z.record(z.string(), z.unknown()),
    internalParameters: z.record(z.string(), z.unknown()).optional(),
    resolvedDependencies: z.array(descriptor).optional(),
  }),
  runDetails: z.looseObject({
    builder: z.looseObject({ id: uri, version: z.record(z.string(), z.string()).optional() }),
    metadata: z
      .looseObject({ invocationId: z.string().optional(), startedOn: moment.optional(), finishedOn: moment.optional() })
      .optional(),
    byproducts: z.array(descriptor).optional(),
  }),
})

const summary = z
  .looseObject({
    verifier: z.looseObject({ id: uri }),
    timeVerified: moment,
    resourceUri: uri,
    policy: z.looseObject({ uri, digest: digestSet.optional() }),
    inputAttestations: z.array(z.looseObject({ uri: uri.optional(), digest: digestSet })).optional(),
    verificationResult: z.enum(['PASSED', 'FAILED']),
    verifiedLevels: z.array(z.string()),
    dependencyLevels: z.record(z.string(), z.number().int()).optional(),
    slsaVersion: z
      .string()
      .regex(/^\d+\.\d+$/)
      .optional(),
  })
  .refine(
    s => s.verificationResult === 'PASSED' || s.verifiedLevels.includes('FAILED'),
    'a failed verification must have the level FAILED',
  )

const predicates: Readonly<Record<string, z.ZodType>> = {
  [predicateTypes.scan]: evaluation,
  [predicateTypes.provenance]: provenance,
  [predicateTypes.summary]: summary,
}

/** A statement that was read, or the first thing wrong with it and where. */
export type ReadStatement =
  | { readonly statement: Statement; readonly known: boolean }
  | { readonly where: string; readonly why: string }

/** Checks a value against in-toto's Statement and, for the three predicates that Bezoar writes, their drafts. */
export function asStatement(value: unknown): ReadStatement {
  const read = statement.safeParse(value)
  if (!read.success) return problemOf(read.error, '')
  const predicate = predicates[read.data.predicateType]
  if (!predicate) return { statement: read.data, known: false }
  const inner = predicate.safeParse(read.data.predicate ?? {})
  return inner.success ? { statement: read.data, known: true } : problemOf(inner.error, 'predicate.')
}

function problemOf(error: z.ZodError, before: string): ReadStatement {
  const issue = error.issues[0]!
  const where = before + issue.path.map(String).join('.')
  return { where: where.replace(/\.$/, '') || 'the top', why: issue.message }
}
