import { honestSamples } from './containers/honest.ts'
import { torchSamples } from './containers/torch-lies.ts'
import { wrappedSamples } from './containers/wrapped.ts'
import { zipSamples } from './containers/zip-tricks.ts'
import type { Sample } from './sample.ts'

/** Archives, packed files, checkpoints and arrays. */
export const samples: readonly Sample[] = [...honestSamples, ...zipSamples, ...wrappedSamples, ...torchSamples]
