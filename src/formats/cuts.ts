import type { Cut } from '../core/index.ts'
import type { Block } from './blocks.ts'

/** Where the records to drop stand, each with its line end. */
export async function* cutsOf(blocks: AsyncIterable<Block>, drop: (record: number) => boolean): AsyncGenerator<Cut> {
  for await (const { size, bytes, offset, starts, ends, records } of blocks)
    for (let k = 0; k < size; k++) {
      if (!drop(records[k]!)) continue
      const newline = bytes.indexOf(10, ends[k])
      const end = newline < 0 ? bytes.length : newline + 1
      yield { record: records[k]!, start: offset + starts[k]!, end: offset + end }
    }
}
