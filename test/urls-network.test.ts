import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { called } from './command.ts'
import { at, lines, put, sha256 } from './url-lists.ts'

describe('with the network', () => {
  let server: Server
  let base = ''
  const asked: string[] = []
  beforeAll(async () => {
    const recorded = (i: number) => ({ url: `http://h${i}.example-${i}.com/${i}`, sha256: sha256(`${i}`) })
    put('list.urls.jsonl', Array.from({ length: 8 }, (_, i) => `${JSON.stringify(recorded(i))}\n`).join(''))
    put('empty/readme', '')
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url === '/one') response.end('the first page of this small site with some words in it')
      else if (request.url === '/domain/example-1.com')
        response.end(
          JSON.stringify({
            ldhName: 'example-1.com',
            events: [{ eventAction: 'registration', eventDate: '2001-02-03T00:00:00Z' }],
          }),
        )
      else response.writeHead(404).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('contacts nobody unless asked, and names each host before', async () => {
    const web = put('web.jsonl', [`${base}/one`, `${base}/two`].map(url => JSON.stringify({ url })).join('\n'))
    const quiet = await called(
      'lock',
      '--urls',
      web,
      '--from',
      at('empty'),
      '--out',
      at('w0.jsonl'),
      '--lock',
      at('w.lock'),
      '-q',
    )
    expect(quiet.code).toBe(3)
    expect(asked).toEqual([])
    const flags = ['--network', '--delay', '0', '--lock', at('w.lock'), '-q']
    const refused = await called('lock', '--urls', web, '--out', at('w1.jsonl'), ...flags)
    expect(asked).toEqual([])
    expect(refused.out).toMatch(/2 {2}private-address/)
    const { err, out } = await called('lock', '--urls', web, '--out', at('w2.jsonl'), '--allow-private', ...flags)
    expect(err.replace(/\s+/g, ' ')).toContain('1 host may be asked for rows that no source holds: 127.0.0.1 (2)')
    expect(out).toMatch(/1 {2}gone/)
    expect(lines('w2.jsonl').map(({ sha256, error }) => sha256 ?? (error as { kind: string }).kind)).toEqual([
      sha256('the first page of this small site with some words in it'),
      'gone',
    ])
    expect(lines('w2.jsonl')[0]!.looks).toMatch(/^s:/)
  })
  it('asks registries for what the snapshot lacks, and keeps their answers', async () => {
    const bootstrap = put('dns.json', JSON.stringify({ services: [[['com'], [`${base}/`]]] }))
    const snapshot = put('live.jsonl', '{"domain":"example-0.com","registeredAt":"2001-01-01"}\n')
    const live = [
      '--rdap',
      snapshot,
      '--rdap-live',
      '--network',
      '--bootstrap',
      bootstrap,
      '--delay',
      '0',
      '-q',
      '--json',
    ]
    const refused = await called('scan', at('list.urls.jsonl'), ...live)
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('lists no RDAP server') })
    const { err } = await called('scan', at('list.urls.jsonl'), ...live, '--allow-private')
    expect(err.replace(/\s+/g, ' ')).toContain('1 host may be asked about 7 domains: 127.0.0.1 (7)')
    expect(asked.filter(path => path.startsWith('/domain/'))).toHaveLength(7)
    expect(lines('live.jsonl')).toHaveLength(8)
    expect(lines('live.jsonl')).toContainEqual(
      expect.objectContaining({ domain: 'example-1.com', registeredAt: '2001-02-03T00:00:00.000Z' }),
    )
    expect(lines('live.jsonl')).toContainEqual(expect.objectContaining({ domain: 'example-2.com', errorCode: 404 }))
    await called('scan', at('list.urls.jsonl'), ...live, '--allow-private')
    expect(asked.filter(path => path.startsWith('/domain/'))).toHaveLength(7)
  })
})
