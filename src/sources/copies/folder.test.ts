import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import type { Copy } from './copy.ts'
import { folderCopies } from './folder.ts'
import { localCopies } from './local.ts'
import { PlaceMap } from './place-map.ts'

const folder = temporaryFolder().path
const root = join(folder, 'copies')
const put = (name: string, text: string) => {
  mkdirSync(join(root, name, '..'), { recursive: true })
  writeFileSync(join(root, name), text)
}
const hash = (url: string, name = 'sha256') => createHash(name).update(url).digest('hex')
const never = new AbortController().signal
const textOf = async (copy: Copy): Promise<string> => {
  if ('trouble' in copy) return copy.trouble
  let text = ''
  for await (const chunk of copy.body) text += Buffer.from(chunk).toString()
  return text
}

beforeAll(() => {
  put(hash('http://a.example/1'), 'one')
  put(`ab/${hash('http://a.example/2', 'md5')}.jpg`, 'two')
  put(`${hash('http://a.example/3', 'sha1').toUpperCase()}.tar.gz`, 'three')
  put('b.example/index.html', 'front')
  put('b.example/pictures/a b.jpg', 'spaced')
  put('b.example/page?id=7', 'seven')
  put('b.example/page@id=8.html', 'eight')
  put('b.example:8080/x', 'port')
  put('https/c.example/deep/index.html', 'deep')
  put('d.example/empty', '')
  writeFileSync(join(folder, 'secret'), 'outside')
  symlinkSync(join(folder, 'secret'), join(root, 'b.example', 'link'))
  mkdirSync(join(root, 'b.example', 'folder.jpg'))
})

describe('folderCopies', () => {
  it.each([
    ['http://a.example/1', 'one'],
    ['http://a.example/2', 'two'],
    ['http://a.example/3', 'three'],
    ['http://b.example', 'front'],
    ['https://b.example/', 'front'],
    ['http://b.example/pictures/a%20b.jpg', 'spaced'],
    ['http://B.EXAMPLE/page?id=7#part', 'seven'],
    ['http://b.example/page?id=8', 'eight'],
    ['http://b.example:8080/x', 'port'],
    ['https://c.example/deep/', 'deep'],
    ['https://c.example/deep', 'deep'],
    ['http://d.example/empty', ''],
  ])('%s is %s', async (url, text) => {
    expect(await textOf(await (await folderCopies(root)).find(url, never))).toBe(text)
  })
  it.each([
    'http://b.example/page?id=9',
    'http://b.example/link',
    'http://b.example/folder.jpg',
    'http://b.example/../../secret',
    'http://b.example/..%2f..%2f..%2fsecret',
    'http://b.example/%2e%2e/%2e%2e/secret',
    'http://b.example/a%00b',
    'http://../secret',
    `http://b.example/${'x'.repeat(5000)}`,
    'file:///etc/passwd',
    'b.example/index.html',
    '',
  ])('%s is absent', async url => {
    expect(await textOf(await (await folderCopies(root)).find(url, never))).toBe('absent')
  })
  it('says when the file of a copy was written, which is no witness', async () => {
    expect(await (await folderCopies(root)).find('http://b.example/', never)).toMatchObject({
      fetchedAt: null,
      written: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })
  it('says that the folder is not there', async () => {
    await expect(folderCopies(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-such-path' })
  })
})

describe('localCopies', () => {
  it('reads files below its folder and no others, whatever the list names', async () => {
    const copies = await localCopies(root)
    const found = async (url: string) => textOf(await copies.find(url, never))
    expect(await found(pathToFileURL(join(root, 'b.example/index.html')).href)).toBe('front')
    for (const url of [
      pathToFileURL(join(folder, 'secret')).href,
      `${pathToFileURL(root).href}/b.example/link`,
      'file:///etc/passwd',
    ])
      expect(await found(url)).toBe('absent')
    for (const url of ['file://other.host/etc/passwd', 'http://b.example/', 'file:%zz'])
      expect(await found(url)).toBe('absent')
  })
})

describe('PlaceMap', () => {
  it('finds what was put into it, also when many were', () => {
    const map = new PlaceMap()
    for (let i = 0; i < 20_000; i++) map.set(hash(`u${i}`), i)
    map.set(hash('u7'), 70)
    expect(map.size).toBe(20_000)
    expect(map.get(hash('u7'))).toBe(70)
    for (let i = 8; i < 20_000; i += 97) expect(map.get(hash(`u${i}`))).toBe(i)
    expect(map.get(hash('other'))).toBeUndefined()
  })
})
