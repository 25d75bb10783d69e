import { describe, expect, it } from 'vitest'
import type { Fetcher } from '../../sources/index.ts'
import { askRegistry, rdapServers, serverOf } from './rdap.ts'

const text = JSON.stringify({
  services: [
    [
      ['com', 'NET'],
      ['http://plain.example/', 'https://rdap.example/v1'],
    ],
    [['uk'], ['https://uk.example/']],
    [['co.uk'], ['https://co.example/']],
    [['old'], ['http://plain.example/']],
    ['odd'],
  ],
})
const now = new Date('2026-01-02T03:04:05Z')
const never = new AbortController().signal
const answering = (answer: unknown, asked: string[] = []): Fetcher => ({
  fetch: async url => {
    asked.push(url)
    if (typeof answer === 'string') return { kind: answer as 'gone', message: answer, finalUrl: url }
    return { status: 200, body: Buffer.from(JSON.stringify(answer)), finalUrl: url }
  },
})

describe('rdapServers', () => {
  it('finds the encrypted server of the longest ending', () => {
    const servers = rdapServers(text, 'dns.json')
    expect(serverOf('example.com', servers)!.href).toBe('https://rdap.example/v1/')
    expect(serverOf('example.net', servers)!.href).toBe('https://rdap.example/v1/')
    expect(serverOf('example.co.uk', servers)!.href).toBe('https://co.example/')
    expect(serverOf('example.org.uk', servers)!.href).toBe('https://uk.example/')
    expect(serverOf('example.old', servers)).toBeNull()
    expect(serverOf('com', servers)).toBeNull()
  })
  it.each(['', 'null', '[]', '{}', '{"services":7}', '{"services":[[["com"],["ftp://x/"]]]}'])('refuses %j', bad => {
    expect(() => rdapServers(bad, 'dns.json')).toThrow('lists no RDAP server')
  })
})

describe('askRegistry', () => {
  const server = new URL('https://rdap.example/v1/')
  it('makes a line of a snapshot of an answer', async () => {
    const asked: string[] = []
    const events = [{ eventAction: 'registration', eventDate: '2020-05-06T07:08:09Z' }]
    const got = await askRegistry(
      'example.com',
      server,
      answering({ ldhName: 'EXAMPLE.COM', events }, asked),
      now,
      never,
    )
    expect(asked).toEqual(['https://rdap.example/v1/domain/example.com'])
    expect(got).toEqual({
      line: '{"checkedAt":"2026-01-02T03:04:05.000Z","domain":"example.com","expiresAt":null,"registeredAt":"2020-05-06T07:08:09.000Z"}\n',
    })
  })
  it('writes down that nobody holds it', async () => {
    expect(await askRegistry('example.com', server, answering('gone'), now, never)).toMatchObject({
      line: expect.stringContaining('"errorCode":404'),
    })
  })
  it.each([
    ['timeout', 'timeout'],
    [{ ldhName: 'other.com' }, 'the answer is about other.com'],
    [7, 'the line is no object'],
  ])('of %j says why there is no line', async (answer, reason) => {
    expect(await askRegistry('example.com', server, answering(answer), now, never)).toEqual({ reason })
  })
})
