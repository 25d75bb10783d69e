import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultNetwork, fetcher, type NetworkOptions } from './fetch.ts'

let server: Server
let base = ''
let tries = 0
const heard: IncomingMessage[] = []

const pages: Readonly<Record<string, RequestListener>> = {
  '/page': (_, to) => void to.end('hello'),
  '/packed': (_, to) => void to.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
  '/bomb': (_, to) => void to.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1 << 20))),
  '/gone': (_, to) => void to.writeHead(410).end(),
  '/forbidden': (_, to) => void to.writeHead(403).end('no'),
  '/circle': (_, to) => void to.writeHead(302, { location: '/circle' }).end(),
  '/file': (_, to) => void to.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/broken': (_, to) => void to.writeHead(302, { location: 'http://[' }).end(),
  '/moved': (_, to) => void to.writeHead(301, { location: '/page' }).end(),
  '/inside': (_, to) => void to.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/silent': () => {},
  '/drip': (_, to) => {
    to.writeHead(200)
    const timer = setInterval(() => to.write('.'), 20)
    to.on('close', () => clearInterval(timer))
  },
  '/said-large': (_, to) => void to.writeHead(200, { 'content-length': String(2 ** 32) }).write('x'),
  '/large': (_, to) => {
    const more = () => to.destroyed || to.write(Buffer.alloc(60_000), more)
    to.writeHead(200)
    more()
  },
  '/cut': (_, to) => {
    to.writeHead(200, { 'content-length': '100' })
    to.write('only', () => to.destroy())
  },
  '/second-time': (_, to) => void (tries++ === 0 ? to.writeHead(503, { 'retry-after': '0' }).end() : to.end('now')),
  '/never': (_, to) => {
    tries++
    to.writeHead(500).end()
  },
}

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(request)
    const far = /^\/far\/(\d+)$/.exec(request.url ?? '')
    if (far) response.writeHead(302, { location: `/far/${Number(far[1]) + 1}` }).end()
    else (pages[request.url ?? ''] ?? ((_, to) => void to.writeHead(404).end()))(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const never = new AbortController().signal
const quick = {
  ...defaultNetwork,
  allowPrivate: true,
  silenceMs: 150,
  totalMs: 400,
  delayMs: 0,
  retries: 0,
  mostBytes: 100_000,
}
const told: string[] = []
const fetched = (path: string, options: Partial<NetworkOptions> = {}) =>
  fetcher(() => true, { ...quick, onHost: host => told.push(host), ...options }).fetch(
    path.startsWith('/') ? base + path : path,
    never,
  )

describe('fetcher', () => {
  it('gives what stands there, as a reader sees it', async () => {
    expect(await fetched('/page')).toMatchObject({ status: 200, body: Buffer.from('hello'), finalUrl: `${base}/page` })
    expect(await fetched('/packed')).toMatchObject({ body: Buffer.from('hello') })
    expect(await fetched('/moved')).toMatchObject({ body: Buffer.from('hello'), finalUrl: `${base}/page` })
  })
  it.each([
    ['/gone', 'gone'],
    ['/nothing', 'gone'],
    ['/forbidden', 'refused'],
    ['/circle', 'redirects'],
    ['/far/0', 'redirects'],
    ['/file', 'redirects'],
    ['/broken', 'redirects'],
    ['/silent', 'timeout'],
    ['/drip', 'timeout'],
    ['/said-large', 'too-large'],
    ['/large', 'too-large'],
    ['/bomb', 'too-large'],
    ['/cut', 'cut'],
    ['ftp://127.0.0.1/x', 'bad-url'],
    ['file:///etc/passwd', 'bad-url'],
    ['not an address', 'bad-url'],
    ['http://127.0.0.1:1/', 'network'],
    ['http://nowhere.invalid/', 'no-host'],
  ])('of %s says %s', async (path, kind) => {
    const got = await fetched(path)
    expect('kind' in got ? got.kind : 'answered').toBe(
      path.includes('.invalid') && 'kind' in got && got.kind === 'network' ? 'network' : kind,
    )
  })
  it('asks again for what may pass, and no more often than allowed', async () => {
    tries = 0
    expect(await fetched('/second-time', { retries: 1, mostWaitMs: 5 })).toMatchObject({ status: 200 })
    expect(tries).toBe(2)
    tries = 0
    expect(await fetched('/never', { retries: 2, mostWaitMs: 5 })).toMatchObject({ kind: 'network' })
    expect(tries).toBe(3)
  })
  it('contacts nothing that is not on the public internet, by number, by name or by redirect', async () => {
    const before = heard.length
    const port = new URL(base).port
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]'])
      expect(await fetched(`http://${host}:${port}/page`, { allowPrivate: false })).toMatchObject({
        kind: 'private-address',
      })
    expect(heard.length).toBe(before)
  })
  it('says who asks, sends no credentials and wants no compression', async () => {
    await fetched(`${base.replace('//', '//user:secret@')}/page`)
    const { headers } = heard.at(-1)!
    expect(headers['user-agent']).toMatch(/^bezoar\//)
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers['accept-encoding']).toBe('identity')
  })
  it('names a host that a redirect leads to before it is contacted', async () => {
    told.length = 0
    const got = await fetched('/inside', { silenceMs: 50, totalMs: 100 })
    expect(got).toHaveProperty('kind')
    expect(told).toEqual([])
    await fetcher(host => host === '127.0.0.1', {
      ...quick,
      silenceMs: 50,
      totalMs: 100,
      onHost: (host, from) => told.push(`${from} to ${host}`),
    }).fetch(`${base}/inside`, never)
    expect(told).toEqual(['127.0.0.1 to 169.254.169.254'])
  })
  it('keeps a host to a few requests at once, some time apart', async () => {
    const times: number[] = []
    const polite = fetcher(() => true, { ...quick, delayMs: 40, onHost() {} })
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        await polite.fetch(`${base}/page`, never)
        times.push(performance.now())
      }),
    )
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(100)
  })
  it('stops when it is told to', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 20)
    await expect(
      fetcher(() => true, { ...quick, silenceMs: 5000, totalMs: 5000, onHost() {} }).fetch(
        `${base}/silent`,
        stop.signal,
      ),
    ).rejects.toThrow()
  })
})
