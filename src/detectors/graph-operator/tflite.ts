import { leaves } from './places.ts'
import { judgeTensorflow } from './tensorflow.ts'
import type { Judge } from './verdict.ts'

/** Custom operators of libraries that are widely used. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/^TFLite_Detection_PostProcess$/, 'TensorFlow Lite'],
  [
    /^(AudioSpectrogram|AudioMicrofrontend|Mfcc|MFCC|HashtableLookup|Atan2|Sign|RandomUniform|RandomStandardNormal)$/,
    'TensorFlow Lite',
  ],
  [
    /^(Convolution2DTransposeBias|MaxPoolingWithArgmax2D|MaxUnpooling2D|Resampler|TransformTensorBilinear)$/,
    'MediaPipe',
  ],
  [/^(TransformLandmarks|Landmarks2TransformMatrix|RoIToTransformMatrix|AlignLandmarks\w*)$/, 'MediaPipe'],
  [
    /^(KmeansEmbeddingLookup|UniversalSentenceEncoder\w*|NGrams|Ngrams|TFSentencepiece\w+|RaggedTensorTo\w+)$/,
    'MediaPipe',
  ],
  [/^(tftext|TFText|tf_text)[:>.]\w+$/, 'TensorFlow Text'],
  [/^(edgetpu-custom-op)$/, 'the Edge TPU'],
  [/^(odml|stablehlo|tfl)\.\w+$/, 'LiteRT'],
  [/^(ethos-u|NeuronBinary|QNN|qualcomm\w*|DISPATCH_OP|samsung\w*|MTK\w+)$/i, 'an accelerator'],
  [/^(CIRCLE|Circle|CenterNet|Tflite_\w+|TFLite_\w+)\w*$/, 'a converter'],
  [
    /^(layer_norm_lstm|BidirectionalSequenceRnn|CallOnce|Irfft2d|Complex\w*|WHERE|SparseToDense|Delegate\w*)$/,
    'TensorFlow Lite',
  ],
]
const remedy = 'Look at the library that implements it; a runtime without that library refuses the model.'

/** Judges the operators of a TensorFlow Lite model. */
export const judgeTflite: Judge = act => {
  const { kind, module, name } = act
  if (kind === 'reach') {
    const why = leaves(name)
    if (why) return { list: 'denied', severity: 'block', mechanism: `A file of numbers whose path ${why}.`, remedy }
    return { list: 'allowed', severity: 'info', mechanism: 'A file of numbers beside the model.' }
  }
  if (kind === 'unresolved') {
    const mechanism = 'An operator of TensorFlow whose settings, which say what is run, cannot be read.'
    return { list: 'unknown', severity: 'hold', mechanism, remedy }
  }
  if (module === 'builtin') {
    if (!/^operator \d+$/.test(name)) return { list: 'allowed', severity: 'info', mechanism: 'A builtin operator.' }
    return { list: 'unknown', severity: 'hold', mechanism: 'A builtin operator that is on no list.', remedy }
  }
  // Operators of TensorFlow itself, run by its own library.
  if (/^Flex[A-Z]/.test(name)) return judgeTensorflow({ ...act, module: '', name: name.slice(4), by: 'graph' })
  const vendor = vendors.find(([operator]) => operator.test(name))
  if (vendor) return { list: 'review', severity: 'info', mechanism: `A custom operator of ${vendor[1]}.` }
  const mechanism = 'A custom operator: a library that the application brings decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}
