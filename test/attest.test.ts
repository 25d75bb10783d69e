import { describe, expect, it } from 'vitest'
import { changedLock, lockPath, writeLock } from '../src/ledger/index.ts'
import { called } from './command.ts'
import { at, lock, lockedProject, text, write } from './locked-project.ts'

lockedProject()
const scan = (...more: string[]) =>
  called('attest', lock(), '--type', 'scan', '--report', at('report.json'), '-o', at('s.json'), ...more)
const check = (...more: string[]) => called('attest', lock(), '--check', at('s.json'), ...more)

describe('bezoar attest', () => {
  it('writes a statement on a scan that fits the lock', async () => {
    expect(await scan('--at', '2026-11-21T13:00:00Z')).toMatchObject({ code: 0 })
    expect(JSON.parse(text('s.json'))).toMatchObject({ predicate: { evaluatedAt: '2026-11-21T13:00:00.000Z' } })
    expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('fits the lock') })
  })

  it('does not overwrite unless told', async () => {
    await scan()
    expect(await scan()).toMatchObject({ code: 2, err: expect.stringContaining('is there already') })
    expect(await scan('--force')).toMatchObject({ code: 0 })
  })

  it('signs, and holds the key that is asked for against the signature', async () => {
    await scan('--key', at('key.pem'))
    expect(text('s.json')).not.toContain('predicateType')
    expect(await check('--public-key', at('pub.pem'))).toMatchObject({ code: 0 })
    expect(await check('--public-key', at('other.pem'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('Not signed'),
    })
    expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('was not verified') })
    await scan('--force')
    expect(await check('--public-key', at('pub.pem'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('Not signed'),
    })
  })

  it('says when the lock moved on', async () => {
    await scan()
    write('reviews/a.csv', 'text,label\nother,1\n')
    const { artifact } = await lockPath(at('reviews'), { lockPath: lock(), kind: 'dataset' })
    writeLock(lock(), changedLock(null, { put: [artifact], at: '2026-11-22T12:00:00.000Z' }), text('bezoar.lock'))
    expect(await check()).toMatchObject({ code: 1, out: expect.stringContaining('another digest in the lock: a.csv') })
    expect(await scan('--force')).toMatchObject({ code: 2, err: expect.stringContaining('about other bytes') })
  })

  it('verifies before it sums up', async () => {
    const summary = () => called('attest', at('reviews'), '--type', 'summary', '--report', at('report.json'))
    const good = await summary()
    expect(JSON.parse(good.out)).toMatchObject({ predicate: { verificationResult: 'PASSED' } })
    write('reviews/a.csv', 'text,label\nother,1\n')
    const bad = await summary()
    expect(JSON.parse(bad.out)).toMatchObject({ predicate: { verificationResult: 'FAILED', bezoar_unchanged: false } })
    expect(bad.err).toContain('a.csv')
  })

  it('lets the policy decide', async () => {
    write('policy.yaml', 'required: [spurious-token]\n')
    const held = await called(
      'attest',
      lock(),
      '--type',
      'scan',
      '--report',
      at('report.json'),
      '--policy',
      at('policy.yaml'),
    )
    expect(JSON.parse(held.out)).toMatchObject({
      predicate: { bezoar_verdict: 'hold', bezoar_policy: { digest: { sha256: expect.any(String) } } },
    })
  })

  it('writes provenance with parameters, times and a by-product', async () => {
    write('parameters.json', '{"epochs": 3, "seed": "7"}')
    const { out, code } = await called(
      ...[
        'attest',
        lock(),
        '--type',
        'provenance',
        '--builder',
        'https://b.example/1',
        '--build-type',
        'https://b.example/t',
      ],
      ...[
        '--parameters',
        at('parameters.json'),
        '--invocation',
        'run-7',
        '--started',
        '2026-11-20',
        '--from',
        'reviews',
      ],
      ...['--finished', '2026-11-21T01:00:00+02:00', '--report', at('report.json'), '--subjects', 'id'],
    )
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      subject: [{ name: 'model' }],
      predicate: {
        buildDefinition: { buildType: 'https://b.example/t', externalParameters: { epochs: 3, seed: '7' } },
        runDetails: {
          metadata: {
            invocationId: 'run-7',
            startedOn: '2026-11-20T00:00:00.000Z',
            finishedOn: '2026-11-20T23:00:00.000Z',
          },
          byproducts: [{ name: 'report' }],
        },
      },
    })
    write('s.json', out)
    expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('Dependencies: 3 equal') })
    write('s.json', out.replace(/("name": "reviews\/a.csv",\s*"digest": \{\s*"sha256": ")./, '$1f'))
    expect((await check()).code).toBe(1)
  })

  it.each([
    ['no type', ['attest', 'LOCK'], /--type/],
    ['no report', ['attest', 'LOCK', '--type', 'scan'], /--report/],
    ['no builder', ['attest', 'LOCK', '--type', 'provenance'], /--builder/],
    ['a builder that is no URI', ['attest', 'LOCK', '--type', 'provenance', '--builder', 'me'], /no URI/],
    ['two artifacts', ['attest', 'LOCK', '--type', 'summary'], /2 artifacts/],
    ['a flag of another kind', ['attest', 'LOCK', '--type', 'scan', '--builder', 'urn:x:y'], /--builder does not fit/],
    ['a policy without a report', ['attest', 'LOCK', '--type', 'summary', '--policy', 'KEY'], /--policy does not fit/],
    [
      'an artifact that is not there',
      ['attest', 'LOCK', '--type', 'summary', '--artifact', 'review'],
      /Did you mean "reviews"/,
    ],
    ['a time that is none', ['attest', 'LOCK', '--type', 'summary', '--at', 'noon'], /no moment/],
    ['no lock', ['attest', 'nowhere/bezoar.lock', '--type', 'scan'], /bezoar\.lock/],
    ['a public key to sign', ['attest', 'LOCK', '--type', 'scan', '--public-key', 'KEY'], /--public-key/],
    ['a lock as statement', ['attest', 'LOCK', '--check', 'LOCK'], /no in-toto statement|cannot be read/],
  ])('is a fault with %s', async (_, args, message) => {
    const given = args.map(arg => ({ LOCK: lock(), KEY: at('key.pem') })[arg] ?? arg)
    const { code, err, out } = await called(...given)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toContain('defect in Bezoar')
  })

  it('refuses a lock that was edited', async () => {
    write('bezoar.lock', text('bezoar.lock').replace('"a.csv"', '"c.csv"'))
    expect(await scan()).toMatchObject({ code: 2, err: expect.stringContaining('c.csv') })
  })
})
