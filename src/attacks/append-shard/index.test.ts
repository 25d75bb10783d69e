import { acceptTreeAttack } from '../../kit/index.ts'
import appendShard from './index.ts'

const lines = (count: number, word: string) =>
  new TextEncoder().encode(Array.from({ length: count }, (_, i) => `{"text": "${word} ${i}"}\n`).join(''))

acceptTreeAttack(appendShard, {
  host: {
    'train-00000.jsonl': lines(60, 'first'),
    'train-00001.jsonl': lines(50, 'second'),
    'config.json': new TextEncoder().encode('{"a": 1}'),
  },
  matters: { as: 'rows', rows: 3 },
})
