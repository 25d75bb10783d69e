import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { idOf } from './git/bytes.ts'
import { originOf } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'bezoar-hub-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
let count = 0

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

describe('a snapshot of the Hugging Face cache', () => {
  const commit = 'c'.repeat(40)
  function snapshot(name: string): string {
    const folder = join(home, `hub${count++}`, name)
    const blob = (text: string, id: string) => write(folder, { [`blobs/${id}`]: text })
    const [config, weights] = ['{"a": 1}\n', 'weights']
    blob(config, idOf('blob', Buffer.from(config), 20))
    blob(weights, sha256(weights))
    const place = join(folder, 'snapshots', commit)
    mkdirSync(join(place, 'sub'), { recursive: true })
    symlinkSync(`../../blobs/${idOf('blob', Buffer.from(config), 20)}`, join(place, 'config.json'))
    symlinkSync(`../../../blobs/${sha256(weights)}`, join(place, 'sub/model.safetensors'))
    return place
  }
  /** Files as a lock has them: links followed. */
  const originIn = (place: string, names: readonly string[]) =>
    originOf(
      place,
      false,
      names.map(name => {
        const bytes = readFileSync(join(place, name))
        return { name, path: join(place, name), size: bytes.length, sha256: sha256(bytes), link: 'x' }
      }),
    )

  it('is named by its commit; its blobs are what their names say', async () => {
    const found = await originIn(snapshot('models--owner--name'), ['config.json', 'sub/model.safetensors'])
    expect(found?.origin).toEqual({
      kind: 'huggingface',
      repository: 'owner/name',
      commit,
      checked: 2,
      differing: [],
      unknown: [],
    })
    const data = await originIn(snapshot('datasets--owner--name'), ['config.json'])
    expect(data?.origin?.repository).toBe('datasets/owner/name')
  })

  it('names blobs that were changed, files that are no blobs, and links out of the cache', async () => {
    const place = snapshot('models--owner--name')
    writeFileSync(join(place, 'sub/model.safetensors'), 'WEIGHTS')
    write(place, { 'own.txt': 'own' })
    write(home, { [`elsewhere/${'a'.repeat(64)}`]: 'x' })
    symlinkSync(join(home, 'elsewhere', 'a'.repeat(64)), join(place, 'out.txt'))
    const names = ['config.json', 'out.txt', 'own.txt', 'sub/model.safetensors']
    expect((await originIn(place, names))?.origin).toMatchObject({
      checked: 1,
      differing: ['sub/model.safetensors'],
      unknown: ['out.txt', 'own.txt'],
    })
  })
})

describe('a download of the Hugging Face hub into a folder', () => {
  it('is told by the notes beside it, from below them too', async () => {
    const folder = join(home, 'download')
    const note = (commit: string, id: string) => `${commit}\n${id}\n1700000000.0\n`
    const commit = 'd'.repeat(40)
    write(folder, {
      'config.json': '{}\n',
      'data/a.parquet': 'PAR1',
      'data/b.parquet': 'changed',
      'data/old.parquet': 'old',
      'own.txt': 'own',
      '.cache/huggingface/download/config.json.metadata': note(commit, idOf('blob', Buffer.from('{}\n'), 20)),
      '.cache/huggingface/download/data/a.parquet.metadata': note(commit, sha256('PAR1')),
      '.cache/huggingface/download/data/b.parquet.metadata': note(commit, sha256('honest')),
      '.cache/huggingface/download/data/old.parquet.metadata': note('e'.repeat(40), sha256('old')),
    })
    const parts = ['config.json', 'data/a.parquet', 'data/b.parquet', 'data/old.parquet', 'own.txt'].map(name => {
      const bytes = readFileSync(join(folder, name))
      return { name, path: join(folder, name), size: bytes.length, sha256: sha256(bytes) }
    })
    expect(await originOf(folder, false, parts)).toEqual({
      origin: {
        kind: 'huggingface',
        repository: '',
        commit,
        checked: 2,
        differing: ['data/b.parquet'],
        unknown: ['data/old.parquet', 'own.txt'],
      },
      remarks: ['Downloaded at other commits: data/old.parquet.'],
    })
    const below = parts.slice(1, 2).map(part => ({ ...part, name: 'a.parquet' }))
    expect((await originOf(join(folder, 'data'), false, below))?.origin).toMatchObject({ commit, checked: 1 })
    write(folder, { '.cache/huggingface/download/own.txt.metadata': 'x'.repeat(10_000) })
    expect((await originOf(folder, false, parts))?.origin?.unknown).toContain('own.txt')
  })

  it('is nothing when there are no notes', async () => {
    const folder = mkdtempSync(join(home, 'plain'))
    write(folder, { 'a.txt': 'a' })
    expect(
      await originOf(folder, false, [{ name: 'a.txt', path: join(folder, 'a.txt'), size: 1, sha256: '' }]),
    ).toBeNull()
  })
})
