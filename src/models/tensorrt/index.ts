import { opaqueFormat } from '../opaque.ts'

const signs = ['ftrt', 'ptrt', 'trtf', 'trtp']

/** Engines: code and numbers for one kind of GPU; some writers put a JSON text of a stated length before it. */
export default opaqueFormat({
  id: 'tensorrt',
  title: 'TensorRT engine',
  extensions: ['.engine', '.plan', '.trt'],
  signs: signs.map(text => ({ at: 0, text })),
  otherwise(head) {
    if (head.length < 12 || head[4] !== 0x7b) return 0
    const at = 4 + new DataView(head.buffer, head.byteOffset, head.length).getUint32(0, true)
    return signs.includes(Buffer.from(head.subarray(at, at + 4)).toString('latin1')) ? 3 : 0
  },
  reason: 'A TensorRT engine is code for a GPU and may carry plugins: build it yourself from a model that can be read.',
})
