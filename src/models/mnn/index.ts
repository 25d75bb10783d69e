import { opaqueFormat } from '../opaque.ts'

/** Networks for MNN: tables without any signature, so that only the name tells them. */
export default opaqueFormat({
  id: 'mnn',
  title: 'MNN model',
  extensions: ['.mnn'],
  signs: [],
  otherwise: (_head, name) => (/\.mnn$/i.test(name) ? 1 : 0),
  reason: 'An MNN model is not read: convert it yourself from a model that can be read.',
})
