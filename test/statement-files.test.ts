import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../src/core/index.ts'
import {
  compareDependencies,
  compareSubjects,
  evaluationStatement,
  isSignedWith,
  provenanceStatement,
  readStatement,
  type Statement,
  signedEnvelope,
  trainingRun,
  writtenJson,
} from '../src/ledger/index.ts'
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
  model,
  part,
  policy,
  provenance,
  reportOf,
} from './statements.ts'

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
