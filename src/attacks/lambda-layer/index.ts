import { z } from 'zod'
import { modelAttack } from '../../core/index.ts'
import { withMember } from './archive.ts'
import { withLayer } from './configuration.ts'
import { namesOf, shapeNames, shapes } from './shapes.ts'

/** Gives a Keras model a layer that carries code in its configuration; its weights stay as they are. */
export default modelAttack({
  id: 'lambda-layer',
  title: 'A Keras layer with code in it',
  threat: 'model-file-malware',
  source: 'CERT/CC VU#253266 (2024, CVE-2024-3660): Keras 2 Lambda layers allow arbitrary code injection in models',
  input: { model: ['keras-config', 'keras-zip'] },
  options: z.object({
    shape: z.enum(shapeNames).default('dict').describe('How the configuration carries the code.'),
    place: z.enum(['front', 'behind']).default('behind').describe('In front of the first layer or behind the last.'),
    name: z
      .string()
      .regex(/^\w{1,40}$/)
      .default('lambda')
      .describe('Name of the layer in the model.'),
    payload: z
      .string()
      .regex(/^[ -~]{12,200}$/)
      .default('nothing runs here')
      .describe('A text whose bytes stand where code would, in base64.'),
  }),

  corrupt({ shape, place, name, payload }, host) {
    const layer = shapes[shape]({ name, code: btoa(payload) })
    for (const [file, data] of Object.entries(host)) {
      const isZip = data[0] === 0x50 && data[1] === 0x4b
      const change = (config: Uint8Array) => withLayer(config, layer, place)
      const poisoned = isZip ? withMember(data, 'config.json', change) : change(data)
      if (poisoned) return { files: { ...host, [file]: poisoned }, file, names: namesOf(shape) }
    }
    return null
  },
})
