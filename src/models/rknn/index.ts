import { opaqueFormat } from '../opaque.ts'

/** Compiled networks for Rockchip's processors, some of them encrypted. */
export default opaqueFormat({
  id: 'rknn',
  title: 'RKNN model',
  extensions: ['.rknn'],
  signs: [
    { at: 0, text: 'RKNN' },
    { at: 0, text: 'CYPTRKNN' },
  ],
  reason: 'A compiled RKNN model has no published format: build it yourself from a model that can be read.',
})
