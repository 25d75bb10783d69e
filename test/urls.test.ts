import { existsSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { called } from './command.ts'
import { at, lines, put, scene, sha256 } from './url-lists.ts'

const page = (words: string) => `<!doctype html><title>News</title><body>${words}</body>`
const sale = page('shop.example-2.com is parked. This domain is for sale: make an offer on this domain today.')

let list = ''
const url = (i: number) => `http://h${i}.example-${i}.com/pictures/${i}.png`
beforeAll(async () => {
  for (let i = 0; i < 8; i++) {
    const picture = await scene(i)
    put(`old/h${i}.example-${i}.com/pictures/${i}.png`, picture)
    if (i === 0 || i === 4 || i === 5 || i === 7) put(`new/h${i}.example-${i}.com/pictures/${i}.png`, picture)
    if (i === 1)
      put(`new/h1.example-1.com/pictures/1.png`, await sharp(picture).resize(70).jpeg({ quality: 80 }).toBuffer())
  }
  put('new/h2.example-2.com/pictures/2.png', sale)
  put('new/h3.example-3.com/pictures/3.png', await scene(11))
  put('new/h6.example-6.com/pictures/6.png', '')
  list = put(
    'list.csv',
    `url,caption\n${Array.from({ length: 8 }, (_, i) => `${url(i)},picture number ${i}\n`).join('')}`,
  )
  const rdap = Array.from({ length: 8 }, (_, i) => ({
    domain: `example-${i}.com`,
    registeredAt: i === 3 ? '2090-01-01' : '2001-01-01',
  }))
  put('rdap.jsonl', rdap.map(line => `${JSON.stringify(line)}\n`).join(''))
})

describe('a list of URLs', () => {
  it('is locked with what stands at each address', async () => {
    const { code, out } = await called(
      'lock',
      '--urls',
      list,
      '--from',
      at('old'),
      '--out',
      at('list.urls.jsonl'),
      '--lock',
      at('bezoar.lock'),
      '-q',
    )
    expect(out).toContain('8 of 8 rows were looked up')
    expect(code).toBe(0)
    expect(lines('list.urls.jsonl')[3]).toEqual({
      url: url(3),
      registrableDomain: 'example-3.com',
      sha256: sha256(readFileSync(at('old/h3.example-3.com/pictures/3.png'))),
      bytes: expect.any(Number),
      mediaType: 'image/png',
      looks: expect.stringMatching(/^p:[0-9a-f]{16}$/),
      fetchedAt: expect.stringMatching(/^20.*Z$/),
    })
    const lock = JSON.parse(readFileSync(at('bezoar.lock'), 'utf8'))
    expect(lock.artifacts).toMatchObject([
      { kind: 'urls', parts: [{ name: 'list.urls.jsonl', sha256: sha256(readFileSync(at('list.urls.jsonl'))) }] },
    ])
    expect(lines('list.urls.jsonl').map(line => Object.keys(line))).toEqual(
      lines('list.urls.jsonl').map(line => Object.keys(line).sort()),
    )
  })
  it('is packed when its name says so, and not written over', async () => {
    expect(
      (
        await called(
          'lock',
          '--urls',
          list,
          '--from',
          at('old'),
          '--out',
          at('p.jsonl.gz'),
          '--lock',
          at('p.lock'),
          '-q',
        )
      ).code,
    ).toBe(0)
    expect(readFileSync(at('p.jsonl.gz'))[0]).toBe(0x1f)
    expect(
      await called(
        'lock',
        '--urls',
        list,
        '--from',
        at('old'),
        '--out',
        at('p.jsonl.gz'),
        '--lock',
        at('p.lock'),
        '-q',
      ),
    ).toMatchObject({ code: 2, err: expect.stringContaining('--force') })
  })
  it('is triaged when it is looked up again, and its rows go where they belong', async () => {
    const { code, out } = await called(
      'verify',
      '--urls',
      at('list.urls.jsonl'),
      '--from',
      at('new'),
      '--rdap',
      at('rdap.jsonl'),
      '--out-clean',
      at('clean.jsonl'),
      '--out-quarantine',
      at('bad.jsonl'),
      '--observed',
      at('observed.jsonl'),
      '-q',
    )
    for (const [fate, count] of [
      ['identical', 4],
      ['re-encoded', 1],
      ['changed', 0],
      ['re-registered', 1],
      ['parked', 1],
      ['gone', 1],
      ['not-fetched', 0],
    ] as const)
      expect(out).toMatch(new RegExp(`^  ${fate} +${count} `, 'm'))
    expect([1, 3]).toContain(code)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(lines('clean.jsonl').map(line => line.url)).toEqual([0, 1, 4, 5, 7].map(url))
    expect(lines('bad.jsonl').map(({ fate, row }) => [row, fate])).toEqual([
      [2, 'parked'],
      [3, 're-registered'],
      [6, 'gone'],
    ])
    expect(existsSync(at('observed.jsonl'))).toBe(true)
    const again = await called('verify', '--urls', at('clean.jsonl'), '--from', at('new'), '-q')
    expect(again.code).toBe(0)
  })
  it('is judged by a scan with the same eyes', async () => {
    const { out, code } = await called(
      'scan',
      at('list.urls.jsonl'),
      '--from',
      at('new'),
      '--rdap',
      at('rdap.jsonl'),
      '--json',
      '-q',
    )
    const report = JSON.parse(out)
    expect([1, 3]).toContain(code)
    const found = (id: string) => report.outcomes.find((o: { detector: string }) => o.detector === id)
    expect(found('digest-mismatch').status).toBe('found')
    expect(found('re-registered-domain').status).toBe('found')
    expect(report.coverage.columns).toContainEqual(expect.objectContaining({ role: 'observed', because: 'joined' }))
    expect(found('digest-mismatch').findings[0].rows.total).toBeGreaterThan(0)
    expect(JSON.stringify(report.coverage.notLookedAt)).not.toMatch(
      /(digest-mismatch|re-registered-domain) did not run/,
    )
    const alone = await called('scan', at('list.urls.jsonl'), '--rdap', at('rdap.jsonl'), '--json', '-q')
    expect(JSON.parse(alone.out).coverage.columns).toContainEqual(expect.objectContaining({ role: 'registered' }))
  })
  it('never passes when nobody looked', async () => {
    put('empty/readme', '')
    const { code, out } = await called('verify', '--urls', at('list.urls.jsonl'), '--from', at('empty'), '-q')
    expect(code).toBe(3)
    expect(out).toMatch(/^ {2}not-fetched +8 /m)
  })
  it('goes on where it stopped', async () => {
    put(
      'part.jsonl.part',
      `${readFileSync(at('list.urls.jsonl'), 'utf8').split('\n').slice(0, 3).join('\n')}\n{"bytes":12,"fetc`,
    )
    expect(
      (
        await called(
          'lock',
          '--urls',
          list,
          '--from',
          at('old'),
          '--out',
          at('part.jsonl'),
          '--lock',
          at('part.lock'),
          '-q',
        )
      ).out,
    ).toContain('8 of 8')
    expect(readFileSync(at('part.jsonl'), 'utf8')).toBe(readFileSync(at('list.urls.jsonl'), 'utf8'))
    put('part2.jsonl.part', '{"url":"http://other.example/"}\n')
    expect(
      await called(
        'lock',
        '--urls',
        list,
        '--from',
        at('old'),
        '--out',
        at('part2.jsonl'),
        '--lock',
        at('part.lock'),
        '-q',
      ),
    ).toMatchObject({ code: 2 })
  })
  it('is compared with the lock that knows it before it is looked up', async () => {
    const own = at('own/list.jsonl')
    const pinning = ['--from', at('old'), '--out', own, '--lock', at('own/bezoar.lock'), '-q']
    put('own/x', '')
    expect((await called('lock', '--urls', list, ...pinning)).code).toBe(0)
    const verify = (...more: string[]) => called('verify', '--urls', own, '--from', at('old'), '-q', ...more)
    expect(await verify()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/list\.jsonl.*: as locked[\s\S]*8 of 8/),
    })
    expect(JSON.parse((await verify('--json')).out).locks).toMatchObject([{ artifacts: [{ differences: [] }] }])
    expect(await verify('--lock', at('bezoar.lock'))).toMatchObject({ code: 2 })
    put('own/list.jsonl', readFileSync(own, 'utf8').replace('h1.example-1.com', 'h2.example-2.com'))
    const edited = await verify('--out-clean', at('own/clean.jsonl'))
    expect(edited).toMatchObject({ code: 1, out: expect.stringMatching(/NOT as locked[\s\S]*nothing was looked up/) })
    expect(existsSync(at('own/clean.jsonl'))).toBe(false)
    expect(JSON.parse((await verify('--json')).out)).toMatchObject({ lookedUp: null, decision: null })
  })
  it('is judged by the policy and the options of the command line', async () => {
    const verify = (...more: string[]) =>
      called('verify', '--urls', at('list.urls.jsonl'), '--from', at('new'), '--rdap', at('rdap.jsonl'), '-q', ...more)
    const policy = (severity: string) =>
      put(
        `${severity}.yaml`,
        `version: 1\nseverities:\n  digest-mismatch: ${severity}\n  re-registered-domain: ${severity}\n`,
      )
    expect((await verify('--policy', policy('info'))).code).toBe(0)
    expect((await verify('--policy', policy('hold'))).code).toBe(3)
    expect((await verify('--policy', policy('block'))).code).toBe(1)
    expect(await verify('--set', 'digest-mismatch.nothing=1')).toMatchObject({ code: 2 })
    const idle = await verify('--set', 'spurious-token.minRows=10')
    expect(idle).toMatchObject({ code: 2, err: expect.stringContaining('has no meaning here') })
    expect(await called('verify', '--policy', policy('info'))).toMatchObject({ code: 2 })
  })
  it.each([
    [['lock', '--urls', 'LIST'], 'Nothing says where the copies are'],
    [['lock', '--urls', 'LIST', '--from', 'https://h.example/'], 'the web is no source'],
    [['lock', '--urls', 'LIST', '--from', '/nowhere/at/all'], 'no such file'],
    [['lock', '--urls', 'LIST', '--from', 'LIST'], 'no WARC or ARC file'],
    [['verify', '--urls', 'LIST', '--from', 'OLD'], 'no column holds digests'],
    [['lock', 'OLD', '--from', 'OLD'], '--from has no meaning without --urls'],
    [['verify', '--out-clean', 'X'], '--out-clean has no meaning without --urls'],
    [['verify', 'OLD', '--urls', 'LOCKED', '--from', 'OLD'], '--urls takes one list'],
    [['verify', '--urls', 'LOCKED', '--from', 'OLD', '--paranoid'], '--paranoid has no meaning with --urls'],
    [['lock', '--urls', 'LIST', '--from', 'OLD', '--scan'], '--scan has no meaning with --urls'],
    [['verify', '--urls', 'LOCKED', '--from', 'OLD', '--rdap-live', '--rdap', 'RDAP'], '--rdap-live needs --network'],
    [['verify', '--urls', 'LOCKED', '--from', 'OLD', '--rdap', 'LIST'], 'tells of a domain'],
    [['lock', '--urls', 'RDAP', '--from', 'OLD', '--out', 'X'], 'no column holds addresses'],
  ])('%j is a fault that says what to do', async (args, message) => {
    const names: Record<string, string> = {
      LIST: list,
      OLD: at('old'),
      LOCKED: at('list.urls.jsonl'),
      RDAP: at('rdap.jsonl'),
      X: at('x.jsonl'),
    }
    const { code, err } = await called(...args.map(arg => names[arg] ?? arg), '-q')
    expect(code).toBe(2)
    expect(err.replace(/\s+/g, ' ')).toContain(message)
  })
})
