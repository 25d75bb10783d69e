import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lockPath } from './artifact.ts'
import { changedLock } from './change.ts'
import { eventHash, lockId, partsId } from './id.ts'
import { parseLock, readLock } from './read.ts'
import type { Lock } from './schema.ts'
import { renderLock, writeLock } from './write.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-lock-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const at = '2026-01-02T03:04:05.678Z'

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name, file)), { recursive: true })
    writeFileSync(join(base, name, file), text)
  }
  return join(base, name)
}

async function lockedModel(name = 'model'): Promise<Lock> {
  const path = folder(name, { 'a.bin': 'weights', 'b/c.json': '{}', 'empty.txt': '' })
  const { artifact } = await lockPath(path, { lockPath: join(base, 'bezoar.lock'), kind: 'model' })
  return changedLock(null, { put: [artifact], at })
}

describe('a lock', () => {
  it('reads back as it was written, byte for byte', async () => {
    const lock = await lockedModel()
    const text = renderLock(lock)
    expect(parseLock(text, 'x')).toEqual(lock)
    expect(renderLock(parseLock(text, 'x'))).toBe(text)
    expect(parseLock(text.replaceAll('\n', '\r\n'), 'x')).toEqual(lock)
  })

  it('has one line for each part, with both digests', async () => {
    const lines = renderLock(await lockedModel()).split('\n')
    const line = lines.find(each => each.includes('"a.bin"'))!
    expect(line).toContain(createHash('sha256').update('weights').digest('hex'))
    expect(line).toMatch(/"size": 7.*"blake3": "[0-9a-f]{64}"/)
    expect(lines.filter(each => each.includes('"sha256"'))).toHaveLength(3)
  })

  it('is the same object when nothing changed, and chains an event when something did', async () => {
    const lock = await lockedModel()
    const [artifact] = lock.artifacts
    expect(changedLock(lock, { put: [artifact!], at: '2027-01-01T00:00:00.000Z' })).toBe(lock)
    const later = changedLock(lock, { put: [{ ...artifact!, kind: 'dataset' }], at })
    expect(later.history).toHaveLength(2)
    expect(later.history[1]!.previous).toBe(lock.history[0]!.hash)
    expect(later.id).not.toBe(lock.id)
    expect(() => parseLock(renderLock(later), 'x')).not.toThrow()
    const empty = changedLock(later, { remove: [artifact!.name], at })
    expect(empty.artifacts).toEqual([])
    expect(empty.history.at(-1)!.what).toBe('released model')
    expect(() => changedLock(empty, { remove: ['model'], at })).toThrow('no artifact "model"')
  })

  it('has an id of its names as well as of its bytes', () => {
    const [a, b] = ['a', 'b'].map(name => ({ name, size: 1, sha256: '0'.repeat(64), blake3: '1'.repeat(64) }))
    const swapped = [
      { ...a!, sha256: '2'.repeat(64) },
      { ...b!, sha256: '3'.repeat(64) },
    ]
    const other = [
      { ...a!, sha256: '3'.repeat(64) },
      { ...b!, sha256: '2'.repeat(64) },
    ]
    expect(partsId(swapped)).not.toBe(partsId(other))
    expect(partsId([a!])).not.toBe(partsId([{ ...a!, link: 'x' }]))
    expect(partsId([{ ...a!, link: 'null' }])).not.toBe(partsId([a!]))
  })

  it('does not know the file it stands in', async () => {
    const path = folder('self', { 'a.bin': 'weights' })
    const place = join(path, 'bezoar.lock')
    const { artifact } = await lockPath(path, { lockPath: place, kind: 'model' })
    writeLock(place, changedLock(null, { put: [artifact], at }), null)
    const again = await lockPath(path, { lockPath: place, kind: 'model' })
    expect(again.artifact).toEqual(artifact)
    expect(artifact.root).toBe('.')
    linkSync(place, join(path, 'c.bin'))
    const { tree } = await lockPath(path, { lockPath: place, kind: 'model' })
    expect(tree.files.map(({ name }) => name)).toEqual(['a.bin', 'c.bin'])
  })

  it('can be read again although two names in it look like one', async () => {
    const path = folder('bytes', { 'a.bin': '1' })
    for (const byte of [0xfe, 0xff]) writeFileSync(Buffer.concat([Buffer.from(`${path}/n`), Buffer.of(byte)]), 'x')
    const { artifact } = await lockPath(path, { lockPath: join(base, 'b.lock'), kind: 'model' })
    expect(() => parseLock(renderLock(changedLock(null, { put: [artifact], at })), 'l')).not.toThrow()
  })

  it('does not overwrite what somebody else wrote meanwhile, and leaves no rubbish', async () => {
    const place = join(folder('race', { 'a.bin': 'weights' }), 'bezoar.lock')
    const lock = await lockedModel()
    writeLock(place, lock, null)
    const { text } = readLock(place)
    appendFileSync(place, '\n')
    expect(() => writeLock(place, lock, text)).toThrow('changed by somebody else')
    expect(readFileSync(place, 'utf8')).toBe(`${text}\n`)
  })
})

/** The same lock with consistent digests around a change, as a careful forger would write it. */
function forged(lock: Lock, change: (lock: Lock) => Lock): string {
  const changed = change(structuredClone(lock))
  const artifacts = changed.artifacts.map(artifact => ({ ...artifact, id: partsId(artifact.parts) }))
  const id = lockId(artifacts)
  const history = changed.history.map(event => ({ ...event, id }))
  return renderLock({ ...changed, id, artifacts, history: history.map(e => ({ ...e, hash: eventHash(e) })) })
}

const renamed = (name: string) => (lock: Lock) => ({
  ...lock,
  artifacts: lock.artifacts.map(a => ({ ...a, parts: [{ ...a.parts[0]!, name }] })),
})

describe('reading a lock', () => {
  it('refuses every cut and every flipped character, naming the file', async () => {
    const text = renderLock(await lockedModel())
    for (let i = 0; i < text.length - 1; i++)
      expect(() => parseLock(text.slice(0, i), 'bezoar.lock'), `cut at ${i}`).toThrow(/^bezoar\.lock/)
    for (let i = 0; i < text.length; i++) {
      const other = text[i] === '0' ? '1' : '0'
      expect(() => parseLock(text.slice(0, i) + other + text.slice(i + 1), 'bezoar.lock'), `flip at ${i}`).toThrow(
        /^bezoar\.lock/,
      )
    }
  })

  it('names the part that was edited', async () => {
    const text = renderLock(await lockedModel())
    expect(() => parseLock(text.replace('"size": 7', '"size": 8'), 'l')).toThrow(
      'artifact "model", part "a.bin" was edited',
    )
    expect(() => parseLock(text.replace('"kind": "model"', '"kind": "dataset"'), 'l')).toThrow(
      'artifact "model" was edited',
    )
    expect(() => parseLock(text.replace('"size": 7', '"size": "7"'), 'l')).toThrow(/"model", parts, "a.bin", size/)
    expect(() => parseLock(text.slice(0, text.indexOf('"empty.txt"') + 30), 'l')).toThrow(/cut off.*after the entry/)
    expect(() => parseLock(text.replace('"what": "locked', '"what": "blocked'), 'l')).toThrow(/event 1 .* was edited/)
    expect(() => parseLock(text.replace('"1.0"', '"2.0"'), 'l')).toThrow('version 2.0')
  })

  it('sees one lock where other readers of JSON may see another', async () => {
    const text = renderLock(await lockedModel())
    const twice = text.replace('"size": 7', '"size": 9, "size": 7')
    expect(() => parseLock(twice, 'l')).toThrow('is not as Bezoar writes it')
    expect(() => parseLock(text.replace('  "id"', '   "id"'), 'l')).toThrow('line 4')
  })

  it.each(['../x', '/etc/passwd', 'a/../../x', 'a//b', './a', 'a\\..\\b', 'C:/x', 'a\0b', 'a/', '..'])(
    'refuses the name %j even when everything else fits',
    async name => {
      const text = forged(await lockedModel(), renamed(name))
      expect(() => parseLock(text, 'l')).toThrow(/the name cannot be one/)
    },
  )

  it('refuses doubled and unordered names and roots that are absolute', async () => {
    const lock = await lockedModel()
    const parts = (change: (p: Lock['artifacts'][0]['parts']) => Lock['artifacts'][0]['parts']) =>
      forged(lock, l => ({ ...l, artifacts: l.artifacts.map(a => ({ ...a, parts: change(a.parts) })) }))
    expect(() =>
      parseLock(
        parts(p => [p[0]!, ...p]),
        'l',
      ),
    ).toThrow('stands there twice')
    expect(() =>
      parseLock(
        parts(p => p.toReversed()),
        'l',
      ),
    ).toThrow('out of order')
    const root = (path: string) =>
      forged(lock, l => ({ ...l, artifacts: l.artifacts.map(a => ({ ...a, root: path })) }))
    for (const path of ['/etc', 'a/../b', '..\\x', 'C:/x', '../../.'])
      expect(() => parseLock(root(path), 'l')).toThrow('root')
    for (const path of ['.', '..', '../data', 'a/b']) expect(() => parseLock(root(path), 'l')).not.toThrow()
  })

  it('refuses what nests too deep for the stack, and what is no lock at all', () => {
    const deep = `{"$schema":"urn:bezoar:lock:1.0","version":"1.0","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    for (const text of [deep, '', '[]', 'null', '"x"', '{}', '\ufeff{}', '\0'.repeat(99)])
      expect(() => parseLock(text, 'l'), text.slice(0, 20)).toThrow(expect.objectContaining({ code: 'bad-lock' }))
  })

  it('refuses a baseline that nests too deep', async () => {
    const lock = await lockedModel()
    const text = renderLock(lock).replace(
      '      "check"',
      `      "baseline": {"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}},\n      "check"`,
    )
    expect(() => parseLock(text, 'l')).toThrow(expect.objectContaining({ code: 'bad-lock' }))
  })

  it('refuses what no writer would say, though all ids fit', async () => {
    const { artifacts, history } = await lockedModel()
    const [model] = artifacts
    const rewritten = (edit: object, time = at) => {
      const changed = [{ ...model!, ...edit }]
      const event = { at: time, id: lockId(changed), what: 'x', previous: null }
      return renderLock({
        ...{ $schema: 'urn:bezoar:lock:1.0' as const, version: '1.0' as const, id: event.id, artifacts: changed },
        history: [{ ...event, hash: eventHash(event) }],
      })
    }
    const file = { size: 1, sha256: 'a'.repeat(64) }
    const table = { rows: 1, lostRows: 0, columns: [], shards: [] }
    const shard = { name: 'a.bin', rows: 1, digest: file.sha256, blocks: [], blockRows: 1 }
    expect(history).toHaveLength(1)
    expect(() => parseLock(rewritten({ root: '..', table: { ...table, shards: [shard] } }), 'l')).not.toThrow()
    expect(() => parseLock(rewritten({ root: '../' }), 'l')).toThrow('slash')
    expect(() => parseLock(rewritten({ runnable: [{ name: '../x.sh', ...file }] }), 'l')).toThrow('../x.sh')
    expect(() => parseLock(rewritten({ table: { ...table, rows: -1 } }), 'l')).toThrow('rows')
    expect(() => parseLock(rewritten({ table: { ...table, shards: [{ ...shard, blockRows: 0 }] } }), 'l')).toThrow(
      'blockRows',
    )
    expect(() => parseLock(rewritten({}, '2026-02-31T00:00:00.000Z'), 'l')).toThrow('history')
  })

  it('does not wait for a pipe of that name', () => {
    execFileSync('mkfifo', [join(base, 'pipe.lock')])
    expect(() => readLock(join(base, 'pipe.lock'))).toThrow('is no file')
  })

  it('follows the history to its end', async () => {
    const lock = await lockedModel()
    const two = changedLock(lock, { remove: ['model'], at })
    const render = (history: Lock['history']) => renderLock({ ...two, history })
    expect(() => parseLock(render(two.history.slice(1)), 'l')).toThrow('does not follow')
    expect(() => parseLock(render(two.history.slice(0, 1)), 'l')).toThrow('another state')
    expect(() => parseLock(render([]), 'l')).toThrow('history')
  })
})
