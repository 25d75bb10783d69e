import { opaqueFormat } from '../opaque.ts'

/** Compiled networks for Hailo's processors. */
export default opaqueFormat({
  id: 'hailo',
  title: 'Hailo executable',
  extensions: ['.hef'],
  signs: [{ at: 0, text: '\x01HEF' }],
  reason: 'A compiled Hailo model is not read: build it yourself from a model that can be read.',
})
