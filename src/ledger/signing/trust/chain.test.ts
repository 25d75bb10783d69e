import { describe, expect, test } from 'vitest'
import {
  certifies,
  chain,
  codeSigning,
  der,
  extension,
  type Issued,
  issue,
  newKey,
  sequence,
  serverAuth,
  signs,
  valid,
  type Wanted,
} from '../../../../test/signing/authority.ts'
import { readCertificate } from './certificate.ts'
import { trustedLeaf } from './chain.ts'

const read = (issued: Issued) => readCertificate(issued.der)
const trusts = (leaf: Issued, given: readonly Issued[], roots: readonly Issued[], at = valid) =>
  trustedLeaf(read(leaf), given.map(read), roots.map(read), at)
const refused = (code: string, why: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(why) })

describe('a chain that holds', () => {
  test('leads from the leaf to a root', () => {
    const { root, middle, leaf } = chain()
    expect(trusts(leaf, [middle], [root]).asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  })
  test('may be given in any order and with strangers among it', () => {
    const { root, middle, leaf } = chain()
    expect(() => trusts(leaf, [root, issue({ subject: 'stranger', ca: true }), middle], [root])).not.toThrow()
  })
  test('may end at an authority that the user names as the root', () => {
    const { middle, leaf } = chain()
    expect(() => trusts(leaf, [], [middle])).not.toThrow()
  })
  test('may be one certificate that the user trusts itself', () => {
    const own = issue({ subject: 'own' })
    expect(() => trusts(own, [], [own])).not.toThrow()
    expect(() => trusts(own, [], [issue({ subject: 'own' })])).toThrow()
  })
  test.each([['P-384'], ['P-521']] as const)('takes keys on %s', curve => {
    const { root, middle, leaf } = chain({ key: newKey(curve) })
    expect(() => trusts(leaf, [middle], [root])).not.toThrow()
  })
  test('counts no authority that issued to its own name', () => {
    const root = issue({ subject: 'root', ca: true, pathLength: 0 })
    const renewed = issue({ subject: 'root', ca: true }, root)
    expect(() => trusts(issue({}, renewed), [renewed], [root])).not.toThrow()
  })
})

describe('a chain that does not', () => {
  const cases: readonly [string, string, RegExp, Wanted][] = [
    ['expired', 'expired', /expired at 2026-02/, { until: Date.UTC(2026, 1, 1) }],
    ['not yet valid', 'expired', /not valid before/, { from: Date.UTC(2026, 10, 1) }],
    ['without usage', 'certificate', /does not say/, { usage: null, purposes: null }],
    ['not for signatures', 'certificate', /digitalSignature/, { usage: certifies }],
    ['for servers only', 'certificate', /extended key usage/, { purposes: [serverAuth] }],
    ['on a curve that is not used', 'certificate', /P-256/, { key: newKey('secp256k1') }],
    [
      'with a critical extension nobody knows',
      'certificate',
      /1\.2\.3\.4/,
      { extensions: [extension('1.2.3.4', sequence(), true)] },
    ],
    [
      'with name constraints, critical or not',
      'certificate',
      /2\.5\.29\.30/,
      { extensions: [extension('2.5.29.30', sequence())] },
    ],
    ['signed by way of SHA-1', 'certificate', /not trusted/, { hash: 'sha1' }],
  ]
  test.each(cases)('%s', (_, code, why, leaf) => {
    const { root, middle, leaf: issued } = chain(leaf)
    expect(() => trusts(issued, [middle], [root])).toThrow(refused(code, why))
  })
  test.each([
    ['usage alone', { purposes: null }],
    ['purposes alone', { usage: null, purposes: [serverAuth, codeSigning] }],
    ['both', { usage: signs, purposes: [codeSigning] }],
    ['a harmless extension', { extensions: [extension('1.2.3.4', sequence())] }],
  ] as const)('the other way round: %s is enough', (_, leaf) => {
    const { root, middle, leaf: issued } = chain(leaf)
    expect(() => trusts(issued, [middle], [root])).not.toThrow()
  })

  const authorities: readonly [string, string, RegExp, Wanted][] = [
    ['that is none', 'certificate', /no authority/, { ca: false }],
    ['that may not certify', 'certificate', /may not sign certificates/, { ca: true, usage: signs }],
    ['that expired', 'expired', /authority.*expired/, { ca: true, until: Date.UTC(2026, 1, 1) }],
    ['for servers', 'certificate', /not for signing code/, { ca: true, purposes: [serverAuth] }],
    [
      'with restrictions',
      'certificate',
      /restrictions/,
      { ca: true, extensions: [extension('2.5.29.30', sequence(), true)] },
    ],
  ]
  test.each(authorities)('an authority %s', (_, code, why, wanted) => {
    const root = issue({ subject: 'root', ca: true })
    const middle = issue({ subject: 'middle', ...wanted }, root)
    expect(() => trusts(issue({}, middle), [middle], [root])).toThrow(refused(code, why))
  })
  test('the root itself must be valid too', () => {
    const root = issue({ subject: 'root', ca: true, until: Date.UTC(2026, 1, 1) })
    expect(() => trusts(issue({}, root), [], [root])).toThrow(refused('expired', /authority/))
  })
  test('more authorities below one than it allows', () => {
    const root = issue({ subject: 'root', ca: true, pathLength: 1 })
    const one = issue({ subject: 'one', ca: true }, root)
    const two = issue({ subject: 'two', ca: true }, one)
    expect(() => trusts(issue({}, one), [one], [root])).not.toThrow()
    expect(() => trusts(issue({}, two), [one, two], [root])).toThrow(refused('certificate', /so many/))
  })
  test('a root of the same name with another key', () => {
    const { middle, leaf } = chain()
    expect(() => trusts(leaf, [middle], [chain().root])).toThrow(refused('certificate', /not signed by/))
  })
  test('no root at all', () => {
    const { root, middle, leaf } = chain()
    expect(() => trusts(leaf, [middle, root], [])).toThrow(refused('certificate', /No trusted root/))
  })
  test('a leaf signed with the key of another leaf', () => {
    const { root, middle, leaf } = chain()
    expect(() => trusts(issue({ subject: 'x' }, leaf), [middle, leaf], [root])).toThrow(
      refused('certificate', /no authority/),
    )
  })
  test('a circle and many of one name end soon', () => {
    const a = issue({ subject: 'a', ca: true })
    const b = issue({ subject: 'a', ca: true, key: a.key }, a)
    const many = Array.from({ length: 15 }, () => issue({ subject: 'a', ca: true, key: a.key }, a))
    expect(() => trusts(issue({}, b), [a, b, ...many], [issue({ subject: 'other', ca: true })])).toThrow(
      /too many|too long/i,
    )
  })
})

describe('reading a certificate', () => {
  test('any cut is refused', () => {
    const { leaf } = chain()
    for (let i = 0; i < leaf.der.length; i++)
      expect(() => readCertificate(leaf.der.subarray(0, i))).toThrow(expect.objectContaining({ code: 'certificate' }))
    expect(() => readCertificate(Buffer.concat([leaf.der, Buffer.from([0])]))).toThrow()
  })
  test('any changed byte is refused or makes the chain fail', () => {
    const { root, middle, leaf } = chain()
    for (let i = 0; i < leaf.der.length; i++) {
      const changed = Buffer.from(leaf.der)
      changed[i] = changed[i]! ^ 0x20
      expect(() => trustedLeaf(readCertificate(changed), [read(middle)], [read(root)], valid)).toThrow()
    }
  })
  test('an extension that stands twice is refused', () => {
    const twice = [extension('1.2.3', der(0x04, Buffer.from('a'))), extension('1.2.3', der(0x04, Buffer.from('b')))]
    expect(() => read(issue({ extensions: twice }))).toThrow(/twice/)
  })
})
