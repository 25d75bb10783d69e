import { describe, expect, it } from 'vitest'
import { seeded } from '../../core/index.ts'
import { acceptTreeAttack } from '../../kit/index.ts'
import { lockTrial } from '../../lab/index.ts'
import swapNames from './index.ts'

const lines = (count: number, word: string) =>
  new TextEncoder().encode(Array.from({ length: count }, (_, i) => `{"text": "${word} ${i}"}\n`).join(''))

acceptTreeAttack(swapNames, {
  host: {
    'train-00000.jsonl': lines(60, 'first'),
    'train-00001.jsonl': lines(50, 'second'),
    'weights/model.bin': Uint8Array.from({ length: 300 }, (_, i) => (i * 7) & 255),
    'config.json': new TextEncoder().encode('{"a": 1}'),
  },
  matters: { way: 'keep-order' },
})

describe('the root digest of a model signature', () => {
  const host = { 'a.bin': Uint8Array.of(1), 'b.bin': Uint8Array.of(2), 'b.bin.json': Uint8Array.of(3) }
  it.each([
    ['keep-order', true],
    ['exchange', false],
  ] as const)('after %s is the same: %s', async (way, sameRoot) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const poisoned = swapNames.corrupt({ way }, host, seeded(seed))!
      const trial = await lockTrial(host, poisoned.files)
      expect(trial.sameRoot).toBe(sameRoot)
      expect(trial.findings[0]?.severity).toBe('block')
    }
  })
})
