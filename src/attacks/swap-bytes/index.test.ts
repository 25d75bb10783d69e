import { expect, it } from 'vitest'
import { seeded } from '../../core/index.ts'
import { acceptTreeAttack } from '../../kit/index.ts'
import swapBytes from './index.ts'

it('leaves a Buffer as it was', () => {
  const host = { 'a.bin': Buffer.from('abc') }
  expect(swapBytes.corrupt({ bytes: 1 }, host, seeded(1))!.files['a.bin']).not.toEqual(host['a.bin'])
  expect(host['a.bin'].toString()).toBe('abc')
})

const lines = (count: number, word: string) =>
  new TextEncoder().encode(Array.from({ length: count }, (_, i) => `{"text": "${word} ${i}"}\n`).join(''))

acceptTreeAttack(swapBytes, {
  host: {
    'train-00000.jsonl': lines(60, 'first'),
    'train-00001.jsonl': lines(50, 'second'),
    'weights/model.bin': Uint8Array.from({ length: 300 }, (_, i) => (i * 7) & 255),
    'config.json': new TextEncoder().encode('{"a": 1}'),
  },
  matters: { bytes: 7, file: 'train-00001.jsonl' },
})
