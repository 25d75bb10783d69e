import { opaqueFormat } from '../opaque.ts'

/** The form of ONNX models that small builds of ONNX Runtime load. */
export default opaqueFormat({
  id: 'ort',
  title: 'ONNX Runtime model',
  extensions: ['.ort'],
  signs: [{ at: 4, text: 'ORTM' }],
  reason: 'The reduced form of an ONNX model is not read: convert the ONNX model yourself.',
})
