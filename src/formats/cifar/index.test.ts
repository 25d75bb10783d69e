import { acceptFormat } from '../../kit/index.ts'
import cifar from './index.ts'

const count = 9
/** Planes of one value each, so that channels cannot be confused. */
const record = (labels: readonly number[], n: number): number[] => [
  ...labels,
  ...[n, n + 50, n + 100].flatMap(value => new Array<number>(1024).fill(value)),
]
const file = (labelsOf: (n: number) => readonly number[]): Uint8Array =>
  Uint8Array.from(Array.from({ length: count }, (_, n) => record(labelsOf(n), n)).flat())
const raster = (n: number) => ({
  width: 32,
  height: 32,
  pixels: Uint8Array.from({ length: 3072 }, (_, k) => n + (k % 3) * 50),
})

acceptFormat(cifar, {
  golden: [
    {
      name: 'data_batch_1.bin',
      bytes: file(n => [n]),
      rows: Array.from({ length: count }, (_, n) => ({ image: raster(n), label: n })),
    },
    {
      name: 'train.bin',
      bytes: file(n => [n, 90 + n]),
      rows: Array.from({ length: count }, (_, n) => ({ image: raster(n), coarse_label: n, label: 90 + n })),
    },
  ],
  foreign: [
    { name: 'zeros.bin', bytes: new Uint8Array(40_000) },
    { name: 'text.bin', bytes: Buffer.from('a line of text\n'.repeat(4000)) },
  ],
})
