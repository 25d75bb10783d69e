import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault, type Finding, type Report } from '../../core/index.ts'
import { decide, defaultPolicy } from '../../policy/index.ts'
import type { Lock, LockedArtifact } from '../lock/schema.ts'
import { decimalText } from './decimal.ts'
import {
  asStatement,
  compareDependencies,
  compareSubjects,
  evaluationStatement,
  isSignedWith,
  judgedArtifact,
  originUri,
  partFinder,
  provenanceStatement,
  readStatement,
  type Statement,
  signedEnvelope,
  summaryStatement,
  trainingRun,
  writtenJson,
} from './index.ts'

const at = '2026-11-21T12:00:00.000Z'
const hex = (digit: string) => digit.repeat(64)

const part = (name: string, digit: string) => ({ name, size: 3, sha256: hex(digit), blake3: hex('0') })
const artifactOf = (
  name: string,
  kind: LockedArtifact['kind'],
  id: string,
  parts: LockedArtifact['parts'],
): LockedArtifact => ({
  name,
  kind,
  root: name,
  id: hex(id),
  parts,
  ignored: [],
})
const data = artifactOf('reviews', 'dataset', 'd', [part('a.csv', '1'), part('sub/b.csv', '2')])
const model = artifactOf('model', 'model', 'e', [part('model.safetensors', '3')])
const lockOf = (...artifacts: LockedArtifact[]): Lock => ({
  $schema: 'urn:bezoar:lock:1.0',
  version: '1.0',
  id: hex('f'),
  artifacts,
  history: [{ at, id: hex('f'), what: 'x', previous: null, hash: hex('9') }],
})
const lock = lockOf(model, data)

/** Digest of `a.csv` and `sub/b.csv` as a scan writes it. */
async function reportOf(parts: { name: string; sha256?: string }[], findings: Finding[] = []): Promise<Report> {
  const { createHash } = await import('node:crypto')
  const lines = parts.map(({ name, sha256 }) => `${name}\0${sha256}`).sort()
  const outcome = { detector: 'hidden-text', version: '1', threat: 'rag-poison', options: {}, rows: 10, figures: [] }
  return {
    $schema: '',
    version: '1.0',
    tool: { name: 'bezoar', version: '9.9.9' },
    artifact: {
      name: 'reviews',
      kind: 'dataset',
      digest: createHash('sha256').update(lines.join('\n')).digest('hex'),
      parts: parts.map(p => ({ sizeBytes: 3, format: 'csv', ...p })),
    },
    seed: 1,
    outcomes: [{ ...outcome, status: findings.length > 0 ? 'found' : 'clean', findings }],
    coverage: { rows: 10, lostRows: 0, bytes: 6, columns: [], notLookedAt: [], engine: 'fold' },
    baseline: {},
  }
}

const finding = (severity: Finding['severity']): Finding => ({
  id: 'abcdef0123456789',
  detector: 'hidden-text',
  message: 'x',
  severity,
  threat: 'rag-poison',
  text: 'Found.',
  evidence: { kind: 'rows', total: 1, score: 1, expected: 0, examples: [] },
})
const both = [
  { name: 'reviews/a.csv', sha256: hex('1') },
  { name: 'reviews/sub/b.csv', sha256: hex('2') },
]
const judge = (report: Report, artifact?: string) =>
  judgedArtifact(lock, report, decide(report, defaultPolicy, new Date(at)), {
    report: 'report.json',
    ...(artifact === undefined ? {} : { artifact }),
  })
const policy = { lostRows: 0.001, digest: null }

const evaluated = async (severity?: Finding['severity']) =>
  evaluationStatement(lock, judge(await reportOf(both, severity ? [finding(severity)] : [])), {
    at,
    verifier: 'urn:x:y',
    policy,
  })
const provenance = () =>
  provenanceStatement(lock, {
    models: [model],
    from: [data],
    buildType: trainingRun,
    parameters: {},
    builder: 'https://b.example/1',
  })

describe('a decimal', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.001, '0.001'],
    [1e-7, '0.0000001'],
    [-1.5e-9, '-0.0000000015'],
    [1e21, '1000000000000000000000'],
    [1.25e22, '12500000000000000000000'],
  ])('writes %d without an exponent', (value, text) => expect(decimalText(value)).toBe(text))

  it('means the same number', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        expect(decimalText(value)).toMatch(/^-?\d+(\.\d+)?$/)
        expect(Number(decimalText(value))).toBe(value === 0 ? 0 : value)
      }),
    ))
})

describe('the report and the lock', () => {
  it('finds the artifact by digests, whatever folder the scan began in', async () => {
    expect(judge(await reportOf(both)).artifact).toBe(data)
  })

  it('says which parts nobody judged', async () => {
    expect(judge(await reportOf(both.slice(0, 1))).unjudged).toEqual(['sub/b.csv'])
  })

  it.each([
    ['other bytes', [{ name: 'a.csv', sha256: hex('7') }], /other bytes than "\w+": a\.csv/],
    ['swapped names', [{ name: 'a.csv', sha256: hex('2') }], /other bytes/],
    ['no digests', [{ name: 'a.csv' }], /no digests/],
    ['nothing', [], /no digests/],
  ])('refuses a report of %s', async (_, parts, message) => {
    const report = await reportOf(parts)
    expect(() => judge(report)).toThrow(message)
    expect(() => judge(report)).toThrow(Fault)
  })

  it('refuses an edited report', async () => {
    const report = await reportOf(both)
    report.artifact.parts[0]!.sha256 = hex('2')
    expect(() => judge(report)).toThrow(/it was edited/)
  })

  it('refuses to guess between two artifacts with the same bytes', async () => {
    const report = await reportOf(both)
    const twins = lockOf(data, { ...data, name: 'copy' })
    const decision = decide(report, defaultPolicy, new Date(at))
    expect(() => judgedArtifact(twins, report, decision, { report: 'r' })).toThrow(/several artifacts/)
    expect(judgedArtifact(twins, report, decision, { report: 'r', artifact: 'copy' }).artifact.name).toBe('copy')
  })

  it('finds parts by their last names only when there is one', () => {
    const find = partFinder(
      artifactOf('x', 'dataset', '0', [part('a/x.csv', '1'), part('b/x.csv', '2'), part('c/y.csv', '3')]),
    )
    expect(find('x.csv')).toBeNull()
    expect(find('y.csv')?.name).toBe('c/y.csv')
    expect(find('data/b/x.csv')?.name).toBe('b/x.csv')
    expect(find('d\\c\\y.csv')?.name).toBe('c/y.csv')
    expect(find('zy.csv')).toBeNull()
  })
})

describe('the result of an evaluation', () => {
  it.each([undefined, 'info', 'hold', 'block'] as const)(
    'passes all claims exactly when the verdict is pass (%s)',
    async severity => {
      const { predicate } = await evaluated(severity)
      const claims = predicate!.claims as { metric: string; passed: boolean; threshold: string }[]
      expect(claims.every(claim => claim.passed)).toBe(predicate!.bezoar_verdict === 'pass')
      expect(claims.every(claim => typeof claim.threshold === 'string')).toBe(true)
      expect(predicate!.bezoar_verdict).toBe(
        { none: 'pass', info: 'pass', hold: 'hold', block: 'block' }[severity ?? 'none'],
      )
    },
  )

  it('has the fields that the draft requires, and is read back', async () => {
    const statement = await evaluated('block')
    expect(asStatement(statement)).toMatchObject({ known: true })
    expect(statement.predicate).toMatchObject({
      evaluatedAt: at,
      suite: { name: 'bezoar', version: '9.9.9' },
      sampleSize: 10,
      assuranceLevel: 'self_attested',
      subjectProfile: 'release-gate',
      commitments: { dataset: { alg: 'sha256', value: data.id, salted: false }, model: { salted: false } },
    })
    for (const key of [
      'verifier',
      'evaluatedAt',
      'suite',
      'claims',
      'sampleSize',
      'commitments',
      'assuranceLevel',
      'subjectProfile',
    ]) {
      const { [key]: _, ...less } = statement.predicate!
      expect(asStatement({ ...statement, predicate: less })).toMatchObject({ where: expect.stringContaining(key) })
    }
  })

  it('is the same for the same input', async () => {
    expect(writtenJson(await evaluated('hold'))).toBe(writtenJson(await evaluated('hold')))
  })
})

describe('provenance of a training run', () => {
  it('names models as subjects and the lock of the data as dependencies', () => {
    const { subject, predicateType, predicate } = provenance()
    expect(predicateType).toBe('https://slsa.dev/provenance/v1')
    expect(subject).toEqual([{ name: 'model.safetensors', digest: { sha256: hex('3') } }])
    expect(predicate).toMatchObject({
      buildDefinition: {
        buildType: trainingRun,
        externalParameters: {},
        resolvedDependencies: [
          { name: 'reviews', digest: { sha256: data.id }, annotations: { bezoar_lock: lock.id } },
          { name: 'reviews/a.csv', digest: { sha256: hex('1') } },
          { name: 'reviews/sub/b.csv', digest: { sha256: hex('2') } },
        ],
      },
      runDetails: { builder: { id: 'https://b.example/1' } },
    })
    expect(asStatement(provenance())).toMatchObject({ known: true })
  })

  it('pins an origin by its commit, and never hands on a password', () => {
    const from = (kind: 'git' | 'huggingface', repository: string) =>
      originUri({
        ...data,
        origin: { kind, repository, commit: 'a'.repeat(40), checked: 0, differing: [], unknown: [] },
      })
    expect(from('huggingface', 'o/n')).toBe(`git+https://huggingface.co/datasets/o/n@${'a'.repeat(40)}`)
    expect(from('git', 'https://h.example/r.git')).toBe(`git+https://h.example/r.git@${'a'.repeat(40)}`)
    expect(from('git', 'https://me:secret@h.example/r.git')).toBeNull()
    expect(from('git', '../elsewhere')).toBeNull()
  })
})

describe('the summary of a verification', () => {
  const verified = (unchanged: boolean, verdict?: 'pass' | 'hold' | 'block') =>
    summaryStatement(lock, {
      artifact: data,
      unchanged,
      at,
      verifier: 'urn:x:y',
      resource: 'urn:x:reviews',
      policy: { uri: 'urn:x:policy', digest: null },
      inputs: [],
      ...(verdict === undefined ? {} : { verdict }),
    })

  it.each([
    [true, undefined, ['BEZOAR_LOCK_VERIFIED']],
    [true, 'pass', ['BEZOAR_LOCK_VERIFIED', 'BEZOAR_SCAN_PASSED']],
    [true, 'hold', ['FAILED']],
    [true, 'block', ['FAILED']],
    [false, 'pass', ['FAILED']],
    [false, undefined, ['FAILED']],
  ] as const)('of files unchanged: %s and a verdict of %s has the levels %j', (unchanged, verdict, verifiedLevels) => {
    const statement = verified(unchanged, verdict)
    const verificationResult = verifiedLevels[0] === 'FAILED' ? 'FAILED' : 'PASSED'
    expect(statement.predicate).toMatchObject({ verificationResult, verifiedLevels })
    expect(asStatement(statement)).toMatchObject({ known: true })
  })

  it('is no statement when it failed and does not say FAILED', () => {
    const { predicate, ...rest } = verified(false)
    expect(asStatement({ ...rest, predicate: { ...predicate, verifiedLevels: [] } })).toMatchObject({
      why: expect.any(String),
    })
  })
})

describe('a statement beside a lock', () => {
  const none = { differing: [], unknown: [], missing: [] }

  it('is equal to the lock that it was made from', async () => {
    expect(compareSubjects(await evaluated(), lock)).toEqual({ artifacts: ['reviews'], equal: 2, ...none })
    expect(compareDependencies(provenance(), lock)).toEqual({ artifacts: ['reviews'], equal: 3, ...none })
    const judged = judge(await reportOf(both))
    const byId = evaluationStatement(lock, judged, { at, verifier: 'urn:x:y', policy, subjects: 'id' })
    expect(compareSubjects(byId, lock)).toEqual({ artifacts: ['reviews'], equal: 1, ...none })
    expect(compareDependencies(await evaluated(), lock)).toBeNull()
  })

  it('tells models of one run apart by the name of their artifact', () => {
    const second = artifactOf('other', 'model', '4', [part('model.safetensors', '5')])
    const large = lockOf(model, second, data)
    const run = { models: [model, second], from: [data], buildType: trainingRun, parameters: {}, builder: 'urn:x:b' }
    const statement = provenanceStatement(large, run)
    expect(compareSubjects(statement, large)).toEqual({ artifacts: ['model', 'other'], equal: 2, ...none })
  })

  const withSubject = (subject: Statement['subject']): Statement => ({ ...provenance(), subject })
  it.each([
    [
      'another digest',
      [
        { name: 'a.csv', digest: { sha256: hex('9') } },
        { name: 'sub/b.csv', digest: { sha256: hex('2') } },
      ],
      'differing',
    ],
    [
      'swapped names',
      [
        { name: 'a.csv', digest: { sha256: hex('2') } },
        { name: 'sub/b.csv', digest: { sha256: hex('1') } },
      ],
      'differing',
    ],
    ['a part too few', [{ name: 'a.csv', digest: { sha256: hex('1') } }], 'missing'],
    [
      'a part too many',
      [
        ...both.map((p, i) => ({ name: data.parts[i]!.name, digest: { sha256: p.sha256 } })),
        { name: 'c', digest: { sha256: hex('8') } },
      ],
      'unknown',
    ],
    ['another name', [{ name: 'b.csv', digest: { sha256: hex('1') } }], 'unknown'],
    ['no digest that is known', [{ name: 'a.csv', digest: { md5: 'x' } }], 'differing'],
    ['an id that is not the name', [{ name: 'model', digest: { sha256: data.id } }], 'unknown'],
  ] as const)('differs by %s', (_, subject, how) => {
    const compared = compareSubjects(withSubject(subject.map(s => ({ ...s, digest: { ...s.digest } }))), lock)
    expect(compared[how].length).toBeGreaterThan(0)
  })

  it('takes a subject without a name by its digest', () => {
    const anonymous = [{ digest: { sha256: hex('1') } }, { name: '_', digest: { sha256: hex('2') } }]
    expect(compareSubjects(withSubject(anonymous), lock)).toEqual({ artifacts: ['reviews'], equal: 2, ...none })
  })
})

describe('a statement file', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  it('is read alone, in an envelope and in a bundle', async () => {
    const text = writtenJson(await evaluated())
    const envelope = signedEnvelope(text, keys.privateKey)
    expect(readStatement(text, 'f')).toMatchObject({ wrapped: 'plain', known: true, envelope: null })
    expect(readStatement(JSON.stringify(envelope), 'f')).toMatchObject({ wrapped: 'envelope' })
    expect(readStatement(JSON.stringify({ dsseEnvelope: envelope }), 'f')).toMatchObject({ wrapped: 'bundle' })
  })

  it.each(['P-256', 'P-384', 'P-521'])('is signed with keys on %s', async namedCurve => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    const envelope = signedEnvelope(writtenJson(await evaluated()), privateKey)
    expect(isSignedWith(envelope, publicKey)).toBe(true)
    expect(isSignedWith(envelope, other.publicKey)).toBe(false)
    const changed = { ...envelope, payload: Buffer.from('{}').toString('base64') }
    expect(isSignedWith(changed, publicKey)).toBe(false)
    expect(isSignedWith({ ...envelope, signatures: [] }, publicKey)).toBe(false)
  })

  const good = JSON.stringify(provenance())
  it.each([
    ['nothing', ''],
    ['half', good.slice(0, good.length / 2)],
    ['no object', '[1]'],
    ['another type', good.replace('in-toto.io/Statement/v1', 'in-toto.io/Statement/v9')],
    ['no subject', good.replace(/"subject":\[.*?\]/, '"subject":[]')],
    ['a subject without a digest', good.replace(/"digest":\{[^}]*\}/, '"digest":{}')],
    ['a short digest', good.replace(hex('3'), 'abc')],
    ['a key twice', good.replace('{', '{"_type":"x",')],
    ['brackets without end', '['.repeat(5_000_000)],
    [
      'deep parameters',
      good.replace('"externalParameters":{}', `"externalParameters":{"a":${'['.repeat(100)}${']'.repeat(100)}}`),
    ],
    ['a payload of another type', JSON.stringify({ payloadType: 'text/plain', payload: 'e30=', signatures: [] })],
    [
      'a payload that is no base64',
      JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload: '*', signatures: [] }),
    ],
    [
      'a payload that is no text',
      JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload: '//79', signatures: [] }),
    ],
    [
      'no signatures',
      JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload: Buffer.from(good).toString('base64') }),
    ],
  ])('is refused when it holds %s', (_, text) => {
    expect(() => readStatement(text, 'file.json')).toThrow(Fault)
    expect(() => readStatement(text, 'file.json')).toThrow(/file\.json/)
  })

  it('is a statement or a fault, wherever it is cut or changed', () => {
    const text = writtenJson(provenance())
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), (place, more) => {
        try {
          readStatement(text.slice(0, place) + more + text.slice(place + more.length), 'f')
        } catch (reason) {
          expect(reason).toBeInstanceOf(Fault)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of an unknown kind is read and said to be unchecked', () => {
    const foreign = { ...provenance(), predicateType: 'https://example.org/p', predicate: { any: 1 } }
    expect(readStatement(JSON.stringify(foreign), 'f')).toMatchObject({ known: false })
  })

  it('with a threshold as a number is refused: readers would round it', async () => {
    const text = writtenJson(await evaluated()).replace('"threshold": "0.001"', '"threshold": 0.001')
    expect(() => readStatement(text, 'f')).toThrow(/claims\.3\.threshold/)
  })

  it('shows hidden characters as escapes', () => {
    expect(writtenJson({ a: 'x\u202ey' })).toContain('\\u202e')
    expect(JSON.parse(writtenJson({ a: 'x\u202e\u0007\u{e0041}' }))).toEqual({ a: 'x\u202e\u0007\u{e0041}' })
  })
})
