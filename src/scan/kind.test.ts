import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { kindOf } from './kind.ts'

const root = mkdtempSync(join(tmpdir(), 'bezoar-kind-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
function write(name: string, data: string | Uint8Array): string {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), data)
  return join(root, name)
}

const header = Buffer.from('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   ')
const length = Buffer.alloc(8)
length.writeBigUInt64LE(BigInt(header.length))
const weights = Buffer.concat([length, header, Buffer.alloc(4)])
const pickle = Buffer.from('\x80\x04\x95\x0b\0\0\0\0\0\0\0}\x94\x8c\x01a\x94K\x01s.', 'latin1')
const old = "cposix\nsystem\np0\n(S'true'\np1\ntp2\nRp3\n."
const rows = '{"text":"one two","label":"a"}\n{"text":"three","label":"b"}\n'
const csv = 'text,label\none two,a\nthree four,b\nfive six,a\n'

describe('one file', () => {
  it.each([
    ['weights.safetensors', weights, 'model'],
    ['weights.csv', weights, 'model'],
    ['data.pkl', pickle, 'model'],
    ['pickle.txt', pickle, 'model'],
    ['old.txt', old, 'model'],
    ['old.csv', old, 'model'],
    ['old.csv.gz', gzipSync(old), 'model'],
    ['data.pkl.gz', gzipSync(pickle), 'model'],
    ['config.json', '{"auto_map":{}}', 'model'],
    ['modeling_x.py', 'import os\n', 'model'],
    ['broken.pkl', 'nothing that anybody knows', 'model'],
    ['rows.jsonl', rows, 'dataset'],
    ['rows.jsonl.gz', gzipSync(rows), 'dataset'],
    ['rows.csv', csv, 'dataset'],
    ['rows.csv.gz', gzipSync(csv), 'dataset'],
    ['lines.txt', 'just a line\nand another\n', 'dataset'],
    ['rows.json', '[{"text":"a","label":"b"}]', 'dataset'],
    ['empty.jsonl', '', 'dataset'],
  ] as const)('%s', async (name, data, kind) => {
    expect(await kindOf([write(`one/${name}`, data)])).toBe(kind)
  })
})

describe('a folder', () => {
  it('is a model when one of its files is one', async () => {
    write('repository/README.md', '# A model\n')
    write('repository/vocab.txt', 'a\nb\n')
    write('repository/deep/weights', weights)
    expect(await kindOf([join(root, 'repository')])).toBe('model')
  })

  it('is a dataset when it holds tables, whatever scripts and archives are beside them', async () => {
    write('data/train.csv', csv)
    write('data/load.py', 'print(1)\n')
    write('data/config.json', '{"a":1}')
    write('data/more.tar.gz', gzipSync(Buffer.alloc(2000)))
    expect(await kindOf([join(root, 'data')])).toBe('dataset')
  })

  it('is a model when it holds a configuration and no table', async () => {
    write('bare/config.json', '{"auto_map":{}}')
    write('bare/modeling.py', 'x = 1\n')
    expect(await kindOf([join(root, 'bare')])).toBe('model')
  })

  it('of which one path is a model makes a model of all', async () => {
    expect(await kindOf([write('two/a.csv', csv), write('two/b.safetensors', weights)])).toBe('model')
  })
})

it('leaves what is not there to those who open it', async () => {
  expect(await kindOf([join(root, 'absent')])).toBe('dataset')
  expect(await kindOf(['-'])).toBe('dataset')
})
