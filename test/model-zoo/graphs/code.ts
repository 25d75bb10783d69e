import { join, number } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'

/** A code object of a function without arguments; what follows its counts is no code. */
const code = join(
  [0xe3],
  number(0, 4),
  number(0, 4),
  number(0, 4),
  number(2, 4),
  number(64, 4),
  's',
  number(4, 4),
  'true',
)
const sample = (name: string, data: Uint8Array, verdict: 'hold' | 'block' = 'hold'): Sample => ({
  name: `code-${name}`,
  class: 'marshal',
  files: { 'm.bin': data },
  verdict,
  names: 'marshal',
})

/** Compiled Python, by itself and in its own files. */
export const codeSamples: readonly Sample[] = [
  sample('marshalled', join(code, new Uint8Array(32)), 'block'),
  sample('compiled', join([0xa7, 0x0d, 0x0d, 0x0a], new Uint8Array(12), code)),
  sample(
    'compiled-python-2',
    join([0x03, 0xf3, 0x0d, 0x0a], number(1, 4), [0x63], number(0, 4), number(0, 4), number(1, 4), number(64, 4), 's'),
  ),
]
