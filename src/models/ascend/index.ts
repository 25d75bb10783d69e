import { opaqueFormat } from '../opaque.ts'

/** Compiled networks for Ascend processors. */
export default opaqueFormat({
  id: 'ascend',
  title: 'Ascend offline model',
  extensions: ['.om'],
  signs: [{ at: 0, text: 'IMOD' }],
  reason: 'A compiled Ascend model is not read: build it yourself from a model that can be read.',
})
