import { dataSamples } from './arrays/data-samples.ts'
import { kerasSamples } from './arrays/keras-samples.ts'
import { rSamples } from './arrays/r-samples.ts'
import type { Sample } from './sample.ts'

/** Files of arrays and what stands around them: Keras, HDF5, safetensors, GGUF, MessagePack, R, trees. */
export const samples: readonly Sample[] = [...dataSamples, ...kerasSamples, ...rSamples]
