import { codeSamples } from './graphs/code.ts'
import { mobileSamples } from './graphs/mobile.ts'
import { onnxSamples } from './graphs/onnx.ts'
import { otherSamples } from './graphs/others.ts'
import { tensorflowSamples } from './graphs/tensorflow.ts'
import type { Sample } from './sample.ts'

/** Graphs of operators and what stands around them: ONNX, TensorFlow, mobile formats, XML, compiled engines. */
export const samples: readonly Sample[] = [
  ...onnxSamples,
  ...tensorflowSamples,
  ...mobileSamples,
  ...otherSamples,
  ...codeSamples,
]
