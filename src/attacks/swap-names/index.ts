import { z } from 'zod'
import { type ModelBytes, modelAttack, type PoisonedModel } from '../../core/index.ts'

/** Gives files the names of others: not a byte changes, and a loader takes another file. */
export default modelAttack({
  id: 'swap-names',
  title: 'Two files under each other’s names',
  threat: 'supply-chain-tamper',
  source:
    'OpenSSF Model Signing, specification v1.0: its root digest is taken over the digests of the files in their order, without their names',
  input: { model: ['any'] },
  options: z.object({
    way: z
      .enum(['exchange', 'keep-order'])
      .default('exchange')
      .describe('Exchange two names, or hand one on so that the order of the digests stays.'),
  }),

  corrupt({ way }, host, random) {
    const names = Object.keys(host).sort()
    const pairs = names
      .slice(1)
      .map((second, i) => [names[i]!, second] as const)
      .filter(([a, b]) => !same(host[a]!, host[b]!))
    const pair = pairs[Math.floor(random() * pairs.length)]
    return pair ? renamed(host, pair, way) : null
  },
})

function renamed(host: ModelBytes, [first, second]: readonly [string, string], way: string): PoisonedModel {
  const { [first]: a, [second]: b, ...others } = host
  // The file that had the name keeps its place behind the one that takes it.
  const place = way === 'exchange' ? first : `${second}-old`
  return { files: { ...others, [second]: a!, [place]: b! }, file: second, names: [second] }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])
