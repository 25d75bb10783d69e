import type { Compressors } from 'hyparquet'
import { Broken } from '../../sources/index.ts'
import { zstdInflater } from '../inflate.ts'

/** The codecs of Parquet, none of which may promise more than `mostBytes`. */
export async function compressorsWithin(mostBytes: number): Promise<Compressors> {
  const { compressors } = await import('hyparquet-compressors')
  const zstd = await zstdInflater(mostBytes)
  const bounded: Compressors = { ...compressors, ZSTD: input => zstd(input) }
  for (const [codec, expand] of Object.entries(bounded) as [keyof Compressors, Compressors['ZSTD']][])
    bounded[codec] = (input, length) => {
      if (!(length >= 0 && length <= mostBytes)) throw new Broken('too-large', `a page claims ${length} bytes`)
      return expand!(input, length)
    }
  return bounded
}
