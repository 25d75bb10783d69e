import { z } from 'zod'
import { modelAttack } from '../../core/index.ts'

/** Changes bytes of a file after somebody looked at it: same name, same size. */
export default modelAttack({
  id: 'swap-bytes',
  title: 'Other bytes under the same name and size',
  threat: 'supply-chain-tamper',
  source: 'N. Carlini et al., Poisoning Web-Scale Training Datasets is Practical, 2023: content changed after curation',
  input: { model: ['any'] },
  options: z.object({
    bytes: z.number().int().min(1).max(1_000_000).default(1).describe('How many bytes become others.'),
    file: z.string().optional().describe('The file; any one when absent.'),
  }),

  corrupt({ bytes, file }, host, random) {
    const able = Object.keys(host)
      .filter(name => host[name]!.length > 0 && (file === undefined || name === file))
      .sort()
    const name = able[Math.floor(random() * able.length)]
    if (name === undefined) return null
    // A copy, also of a Buffer, whose own slice is a view.
    const changed = new Uint8Array(host[name]!)
    const first = Math.floor(random() * Math.max(1, changed.length - bytes + 1))
    for (let i = first; i < Math.min(changed.length, first + bytes); i++)
      changed[i] = (changed[i]! + 1 + Math.floor(random() * 255)) & 255
    return { files: { ...host, [name]: changed }, file: name, names: [name] }
  },
})
