import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edit, read } from '../../../../test/signing/edit.ts'
import { strictJson } from './json.ts'
import { isInside, shardName, shardOf, under } from './names.ts'
import { parseStatement, type Resource, rootOf, writeStatement } from './statement.ts'

const digest = (n: number): string => n.toString(16).padStart(64, '0')
const files = { method: 'files', hashType: 'sha256', allowSymlinks: false, ignorePaths: ['.git'] } as const
const two: readonly Resource[] = [
  { name: 'a.b', digest: digest(1) },
  { name: 'a/x', digest: digest(2) },
]
const document = (): unknown => JSON.parse(writeStatement('m', files, two).toString())
const bytesOf = (of: unknown): Buffer => Buffer.from(JSON.stringify(of))
const written = (path: string, value?: unknown): Buffer => {
  const changed = document()
  edit(changed, path, value)
  return bytesOf(changed)
}
const refused = (why: RegExp) => expect.objectContaining({ code: 'statement', message: expect.stringMatching(why) })

describe('a statement', () => {
  test('says what was written', () => {
    expect(parseStatement(writeStatement('m', files, two))).toMatchObject({
      subject: 'm',
      serialization: files,
      resources: two,
    })
  })
  test('is sorted by code points', () => {
    const names = ['\u{1f600}', '\uffee', 'b', 'a/x', 'a.b']
    const payload = writeStatement(
      'm',
      files,
      names.map((name, i) => ({ name, digest: digest(i) })),
    )
    expect(parseStatement(payload).resources.map(({ name }) => name)).toEqual([
      'a.b',
      'a/x',
      'b',
      '\uffee',
      '\u{1f600}',
    ])
  })
  test('is read in any order, the root over either', () => {
    const reversed = document()
    edit(reversed, 'predicate.resources', [
      read(reversed, 'predicate.resources.1'),
      read(reversed, 'predicate.resources.0'),
    ])
    expect(parseStatement(bytesOf(reversed)).resources).toHaveLength(2)
    edit(reversed, 'subject.0.digest.sha256', rootOf([...two].reverse()))
    expect(parseStatement(bytesOf(reversed)).resources).toHaveLength(2)
  })
  const serialization = 'predicate.serialization'
  const first = 'predicate.resources.0'
  test.each<[string, RegExp, string, unknown?]>([
    ['no resources', /resources/, 'predicate.resources', []],
    ['two subjects', /2 subjects/, 'subject', Array(2).fill({ name: 'm', digest: { sha256: rootOf(two) } })],
    ['no subject', /subject/, 'subject', []],
    ['another root', /digest of its subject/, 'subject.0.digest.sha256', digest(9)],
    ['no root', /digest of its subject/, 'subject.0.digest', {}],
    ['another type', /_type/, '_type', 'https://in-toto.io/Statement/v0.1'],
    ['another predicate', /speaks of/, 'predicateType', 'https://slsa.dev/provenance/v1'],
    ['no predicate', /predicate/, 'predicate'],
    ['no serialization', /serialization/, serialization],
    ['more in the predicate', /predicate/, 'predicate.more', 1],
    ['more in the serialization', /serialization/, `${serialization}.follow`, true],
    ['links as text', /allow_symlinks/, `${serialization}.allow_symlinks`, 'false'],
    ['nothing on links', /allow_symlinks/, `${serialization}.allow_symlinks`],
    ['an unknown hash', /hash_type/, `${serialization}.hash_type`, 'md5'],
    ['an unknown method', /method/, `${serialization}.method`, 'trees'],
    ['a size of shards for files', /shard_size/, `${serialization}.shard_size`, 5],
    ['shards without a size', /shard_size/, `${serialization}.method`, 'shards'],
    ['mixed hashes', /another algorithm/, `${first}.algorithm`, 'blake3'],
    ['an upper-case digest', /digest/, `${first}.digest`, 'A'.repeat(64)],
    ['a short digest', /wrong length/, `${first}.digest`, 'ab'],
    ['a name twice', /twice/, 'predicate.resources.1.name', 'a.b'],
    ['a name that is ignored', /listed and ignored/, `${first}.name`, '.git/config'],
    ['a dot among others', /no name/, `${first}.name`, '.'],
  ])('with %s is refused', (_, why, path, value) => {
    expect(() => parseStatement(written(path, value))).toThrow(refused(why))
  })
  test.each(['../x', '/x', 'a/../x', 'a//x', './x', 'a/', 'a/./x', '', 'C:/x', 'a\\..\\x', 'a\0b', '\ud800'])(
    'with the name %j is refused',
    name => {
      expect(isInside(name)).toBe(false)
      expect(() => parseStatement(written(`${first}.name`, name))).toThrow(refused(/name|UTF-8|resources/))
    },
  )
  test.each(['x', 'a/b c', '...', '..a', 'ü/模型.bin', '-rf', 'a:1:2', ' '])('may have the name %j', name => {
    const payload = written(`${first}.name`, name)
    expect(parseStatement(payload).resources[0]?.name).toBe(name)
  })
  test('may name the hash of a range as the reference does, with the very size', () => {
    const shards = { ...files, method: 'shards', shardBytes: 4 } as const
    const resources = [{ name: 'a:0:4', digest: digest(1) }]
    expect(parseStatement(writeStatement('m', shards, resources, 'sha256-sharded-4')).resources).toEqual(resources)
    expect(() => parseStatement(writeStatement('m', shards, resources, 'sha256-sharded-5'))).toThrow(
      refused(/algorithm/),
    )
    expect(() => parseStatement(writeStatement('m', files, two, 'sha256-sharded-4'))).toThrow(refused(/algorithm/))
  })
  test('may say more of a resource', () => {
    expect(() => parseStatement(written(`${first}.uri`, 'x'))).not.toThrow()
  })
  test('with a key twice is refused', () => {
    const text = writeStatement('m', files, two).toString()
    const twice = text.replace('"allow_symlinks":false', '"allow_symlinks":false,"allow_symlinks":true')
    expect(() => parseStatement(Buffer.from(twice))).toThrow(refused(/twice/))
    const escaped = text.replace('"allow_symlinks":false', '"allow_symlinks":false,"allow\\u005fsymlinks":true')
    expect(() => parseStatement(Buffer.from(escaped))).toThrow(refused(/twice/))
  })
  test('that is cut anywhere is refused', () => {
    const payload = writeStatement('m', files, two)
    for (let i = 0; i < payload.length; i++) expect(() => parseStatement(payload.subarray(0, i))).toThrow(refused(/./))
  })
})

test('ignored paths hold themselves and what lies below, written in any way', () => {
  const isIgnored = under(['./a/', 'b/c', '.', '..', '/d', 'e/../f', ''])
  expect(['a', 'a/x', 'a/x/y', 'b/c', 'b/c/d'].filter(name => !isIgnored(name))).toEqual([])
  expect(['ab', 'b', 'b/cd', 'd', 'f', 'x/a', 'A'].filter(isIgnored)).toEqual([])
  expect(isInside('x'.repeat(4097))).toBe(false)
})

describe('names of shards', () => {
  test('are cut at the last two colons', () => {
    expect(shardOf('a:1:2:0:5')).toEqual({ path: 'a:1:2', start: 0, end: 5 })
    for (const name of ['a', 'a:0', 'a:0:0', 'a:-1:5', 'a:01:5', ':0:5', 'a:0:9999999999999999'])
      expect(shardOf(name)).toBeNull()
  })
  test('say what they were made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (path, start, size) => {
        const shard = { path, start, end: start + size + 1 }
        expect(shardOf(shardName(shard))).toEqual(shard)
      }),
    )
  })
})

test('strict JSON reads what JSON.parse reads, but for twins and depth', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), text => {
      const plain: unknown = JSON.parse(text)
      expect(strictJson(text)).toEqual(plain)
    }),
  )
  expect(() => strictJson('{"a":[{"b":1,"c":{"b":1},"b":2}]}')).toThrow(/twice/)
  expect(strictJson('{"a\\"":"\\\\","b":{"a":"}","c":["{\\"a\\":1,\\"a\\":2}"]}}')).toBeTruthy()
  expect(() => strictJson('['.repeat(30) + ']'.repeat(30))).toThrow(/deeper/)
})
