import fc from 'fast-check'
import { pngOf } from '../../core/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import picturePayloads from './index.ts'

const png = pngOf({ width: 2, height: 2, pixels: new Uint8Array(12).fill(9) })
const withTail = (tail: string) => Uint8Array.from(Buffer.concat([png, Buffer.from(tail, 'latin1')]))
const tails = ['', '#!/bin/sh\necho', 'PK\x03\x04 and on', 'just some words behind the end', '\0\0\0\0\0']

lawfulStatistic(picturePayloads, {
  options: [{ most: 20 }, { most: 3 }],
  rows: fc.record({ image: fc.constantFrom(null, png, ...tails.map(withTail)) }),
  flood: i => ({ image: withTail(`words behind the end ${i}`) }),
  floodRows: 40,
  runs: 10,
})
