import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../src/core/index.ts'
import { asStatement, judgedArtifact, summaryStatement, trainingRun, writtenJson } from '../src/ledger/index.ts'
import { decimalText } from '../src/ledger/statements/decimal.ts'
import { originUri, partFinder } from '../src/ledger/statements/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import {
  artifactOf,
  at,
  both,
  data,
  evaluated,
  hex,
  judge,
  lock,
  lockOf,
  part,
  provenance,
  reportOf,
} from './statements.ts'

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
