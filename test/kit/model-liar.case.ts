import { z } from 'zod'
import { modelAttack, modelDetector } from '../../src/core/index.ts'
import { acceptModel, acceptModelAttack, type ModelSample } from '../../src/kit/index.ts'

let calls = 0

/** Breaks every law for detectors of models: cries at honest files, changes its mind, trips over what is cut off. */
const liar = modelDetector({
  id: 'model-liar',
  title: 'Breaks the law',
  threat: 'model-file-malware',
  input: { model: ['files'], languages: ['pickle'] },
  cost: 'metadata',
  options: z.object({ idle: z.number().default(1), forgotten: z.number().default(1) }),
  messages: { cry: 'Something is wrong with {nobody}.', silent: 'Never said.' },
  async *detect({ model, claim }) {
    const [file] = model.files
    if (file!.sizeBytes < 10) throw new Error('so short')
    if (file!.sizeBytes !== 12) return
    const where = { file: file!.name, member: file!.name, start: 0, end: 1 }
    const rest = { rule: 'odd', message: 'odd', further: 0, score: ++calls, expected: 0 }
    yield claim('cry', 'hold', { kind: 'place', ...where, ...rest })
  },
})

const text = (name: string, verdict: ModelSample['verdict']): ModelSample => ({
  name,
  class: name,
  files: { 'a.txt': new TextEncoder().encode('twelve bytes') },
  verdict,
})
acceptModel(liar, {
  honest: [text('an honest text', 'pass')],
  caught: [text('an attack', 'block')],
  missed: [{ sample: text('a miss', 'hold'), because: 'it is found' }],
  matters: { idle: 2 },
})

/** Breaks the law for model attacks: changes its host, forgets the options, trips over odd files. */
const dud = modelAttack({
  id: 'model-dud',
  title: 'Breaks the law',
  threat: 'model-file-malware',
  source: 'x',
  input: { model: ['text'] },
  options: z.object({ idle: z.number().default(1) }),
  corrupt(_options, host) {
    const bytes = host['a.txt']!
    bytes[0] = calls++ % 256
    return { files: { 'a.txt': bytes }, file: 'b.txt', names: [] }
  },
})
acceptModelAttack(dud, { host: text('host', 'pass').files, matters: { idle: 2 } })
