import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import { type Download, img2datasetCopies, img2datasetShards } from './img2dataset.ts'
import { tarMembers } from './tar.ts'

/** A tar archive of ustar heads. */
function tar(files: readonly (readonly [name: string, text: string, type?: string])[]): Buffer {
  const parts = files.flatMap(([name, text, type = '0']) => {
    const head = Buffer.alloc(512)
    head.write(name.slice(0, 100), 0)
    head.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124)
    head.write(' '.repeat(8), 148)
    head.write(type, 156)
    head.write('ustar\x0000', 257)
    head.write(
      `${head
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    )
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512)
    body.write(text)
    return [head, body]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of body) text += Buffer.from(chunk).toString()
  return text
}

describe('tarMembers', () => {
  const long = `${'deep/'.repeat(40)}x.jpg`
  const archive = tar([
    ['a.jpg', 'one'],
    ['folder', '', '5'],
    ['././@LongLink', `${long}\0`, 'L'],
    ['cut', 'two'],
    ['b.txt', 'x'.repeat(1500)],
  ])
  it.each([1, 7, 512, 100_000])('reads names and bodies, %i bytes at a time', async size => {
    const found: [string, string][] = []
    for await (const { name, body } of tarMembers(chunked(archive, size))) found.push([name, await textOf(body)])
    expect(found).toEqual([
      ['a.jpg', 'one'],
      [long, 'two'],
      ['b.txt', 'x'.repeat(1500)],
    ])
  })
  it('goes on behind bodies that nobody read', async () => {
    const names: string[] = []
    for await (const { name } of tarMembers(chunked(archive, 600))) names.push(name)
    expect(names).toEqual(['a.jpg', long, 'b.txt'])
  })
  it('gives a clear fault or fewer files for every cut, never a hang', async () => {
    for (let length = 0; length < archive.length - 1024; length += 61) {
      const read = (async () => {
        for await (const { body } of tarMembers(chunked(archive.subarray(0, length), 999))) await textOf(body)
      })()
      await read.catch(reason => expect(reason.kind).toBe('damaged'))
    }
  })
})

describe('img2datasetCopies', () => {
  const rows: Download[] = [
    {
      url: 'http://a.example/1',
      key: '000000001',
      status: 'success',
      message: null,
      stated: { md5: 'aa' },
      image: null,
    },
    {
      url: 'http://a.example/2',
      key: '000000002',
      status: 'failed_to_download',
      message: 'HTTP Error 404: Not Found',
      stated: {},
      image: null,
    },
    {
      url: 'http://a.example/3',
      key: '000000003',
      status: 'failed_to_download',
      message: 'timed out',
      stated: {},
      image: null,
    },
    {
      url: 'http://a.example/4',
      key: '000000004',
      status: 'failed_to_resize',
      message: 'image decoding error',
      stated: {},
      image: null,
    },
    { url: 'http://a.example/5', key: '000000005', status: 'success', message: null, stated: {}, image: null },
    {
      url: 'http://a.example/6',
      key: '000000006',
      status: 'success',
      message: null,
      stated: {},
      image: Buffer.from('six'),
    },
    { url: 'http://b.example/7', key: '000000007', status: 'success', message: null, stated: {}, image: null },
  ]
  async function* rowsOf() {
    yield* rows
  }
  const read = async (folder: string) => {
    const found: Record<string, string> = {}
    const shards = await img2datasetShards(folder)
    expect(shards).toEqual(['00000.parquet'])
    for await (const copy of img2datasetCopies(folder, shards, rowsOf).all(url => !url.includes('b.example')))
      found[copy.url.slice(-1)] = 'trouble' in copy ? copy.trouble : await textOf(copy.body)
    return found
  }
  const expected = { 1: 'one', 2: 'gone', 3: 'network', 4: 'damaged', 5: 'absent', 6: 'six' }

  it.each(['tar', 'folder'])('finds pictures in a %s', async form => {
    const folder = temporaryFolder().path
    writeFileSync(join(folder, '00000.parquet'), '')
    if (form === 'tar')
      writeFileSync(
        join(folder, '00000.tar'),
        tar([
          ['000000001.json', '{}'],
          ['000000001.jpg', 'one'],
          ['000000001.txt', 'caption'],
        ]),
      )
    else {
      mkdirSync(join(folder, '00000'))
      for (const ending of ['json', 'jpg', 'txt']) writeFileSync(join(folder, '00000', `000000001.${ending}`), 'one')
    }
    expect(await read(folder)).toEqual(expected)
  })
  it('says of an archive that was cut which rows it took with it', async () => {
    const folder = temporaryFolder().path
    writeFileSync(join(folder, '00000.parquet'), '')
    writeFileSync(
      join(folder, '00000.tar'),
      tar([
        ['000000001.jpg', 'one'],
        ['000000005.jpg', 'x'.repeat(900)],
      ]).subarray(0, 1600),
    )
    const shards = await img2datasetShards(folder)
    const found: Record<string, string> = {}
    for await (const copy of img2datasetCopies(folder, shards, rowsOf).all(() => true))
      found[copy.url.slice(-1)] =
        'trouble' in copy ? copy.trouble : await textOf(copy.body).catch(reason => reason.kind)
    expect(found).toMatchObject({ 1: 'one', 5: 'damaged', 7: 'damaged' })
  })
})
