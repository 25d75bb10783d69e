import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostOf, registrableDomain, siteOf } from './index.ts'

describe('the host of an address', () => {
  it.each([
    ['http://example.com', 'example.com'],
    ['HTTPS://Sub.Example.COM:8443/a?b#c', 'sub.example.com'],
    ['https://user:pa%40ss@example.org/x', 'example.org'],
    ['https://good.example@evil.com/', 'evil.com'],
    ['http://example.com./x', 'example.com'],
    ['http:\\\\example.com\\x', 'example.com'],
    ['http:/example.com/x', 'example.com'],
    [' \thttp://exa\nmple.com/x', 'example.com'],
    ['//cdn.example.net/a.js', 'cdn.example.net'],
    ['https://пример.рф/картина.jpg', 'xn--e1afmkfd.xn--p1ai'],
    ['https://xn--e1afmkfd.xn--p1ai/', 'xn--e1afmkfd.xn--p1ai'],
    ['https://exa%6Dple.com/', 'example.com'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://[2001:DB8::1]:80/', '[2001:db8::1]'],
    ['http://localhost:3000/', 'localhost'],
    ['http://my_bucket.example.com/', 'my_bucket.example.com'],
    ['example.com/a.jpg', 'example.com'],
    ['example.com:8080/a.jpg', 'example.com'],
    ['data:image/png;base64,AAAA', null],
    ['file:///etc/passwd', null],
    ['file://example.com/share', null],
    ['s3://bucket.name.com/key', null],
    ['mailto:a@example.com', null],
    ['javascript:alert(1)', null],
    ['/images/a.jpg', null],
    ['images/a.jpg', null],
    ['a.jpg', null],
    ['', null],
    ['http://', null],
    ['http://exa mple.com/', null],
    ['http://a..b/', 'a..b'],
    [`http://${'a.'.repeat(200)}com/`, null],
  ])('of %s is %s', (url, host) => expect(hostOf(url)).toBe(host))

  it('is found at once in an address of 100 KB, and never in one whose host does not end', () => {
    expect(hostOf(`http://example.com/${'a'.repeat(100_000)}`)).toBe('example.com')
    expect(hostOf(`http://${'a'.repeat(100_000)}.com/`)).toBeNull()
    expect(hostOf(`http://${'a.'.repeat(50_000)}com/`)).toBeNull()
    expect(hostOf('@'.repeat(100_000))).toBeNull()
  })

  it('never throws, and is that of the URL standard for web addresses', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string({ unit: 'binary' }),
          fc.string().map(s => `http://${s}`),
        ),
        text => {
          const host = hostOf(text)
          if (/^https?:\/\//i.test(text) && URL.canParse(text) && host !== null)
            expect(host).toBe(new URL(text).hostname.replace(/\.+$/, ''))
          expect(registrableDomain(text) === null || host!.endsWith(registrableDomain(text)!)).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('the site of an address', () => {
  it.each([
    ['http://a.b.example.co.uk/', { domain: 'example.co.uk', hosted: false }],
    ['http://someone.blogspot.com/', { domain: 'blogspot.com', hosted: true }],
    ['http://blogspot.com/', { domain: 'blogspot.com', hosted: false }],
    ['http://someone.github.io/repo', { domain: 'github.io', hosted: true }],
    ['http://bucket.s3.amazonaws.com/x', { domain: 'amazonaws.com', hosted: true }],
    ['http://a.b.unheard-of/', { domain: 'b.unheard-of', hosted: false }],
    ['http://127.0.0.1/', null],
    ['http://[::1]/', null],
    ['http://localhost/', null],
    ['http://co.uk/', null],
    ['http://com/', null],
    ['data:text/plain,example.com', null],
  ])('of %s is %j', (url, site) => expect(siteOf(url)).toEqual(site))

  it('stays right when far more hosts come than are remembered', () => {
    for (let i = 0; i < 150_000; i++) siteOf(`http://h${i}.example${i % 7}.com/`)
    expect(registrableDomain('http://h1.example1.com/')).toBe('example1.com')
  })

  it('is the same for an address that was seen before, however it is written', () => {
    const site = (url: string) => siteOf(url)?.domain ?? null
    for (const scheme of ['http://', 'https://', 'HTTP://'])
      for (const host of ['A.Seen.example.co.uk', 'me:pw@www.seen.org:80', 'www.seen.org?', 'seen.org#', '127.0.0.1'])
        for (const end of ['', '/', '/a/b@c.com/', '?u=http://other.com/', '\\x@y.com/'])
          for (const _ of [1, 2]) {
            const domain = host.includes('seen.org') ? 'seen.org' : host.startsWith('A') ? 'example.co.uk' : null
            expect(site(scheme + host + end)).toBe(domain)
          }
    expect(site('http:///seen.org/a')).toBe('seen.org')
    expect(site('http://\t/seen.org/a')).toBe('seen.org')
    expect(site('http:///seen.org/a')).toBe('seen.org')
  })

  it('of any address is that of its host', () => {
    const part = fc.constantFrom(
      'a',
      'b.com',
      'c.github.io',
      '.',
      '@',
      ':',
      '/',
      '\\',
      '?',
      '#',
      '\t',
      ' ',
      '%',
      '[',
      'é',
    )
    fc.assert(
      fc.property(
        fc.constantFrom('http:', 'https://', 'http://', '//', ''),
        fc.array(part, { maxLength: 8 }),
        (s, t) => {
          const url = s + t.join('')
          const host = hostOf(url)
          const expected = host === null ? null : siteOf(`ftp://${host}/`)
          expect(siteOf(url)).toEqual(expected)
          expect(siteOf(url)).toEqual(expected)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
