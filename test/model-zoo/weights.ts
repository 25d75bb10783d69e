import type { Sample } from './sample.ts'
import { damagedLayers, honestLayers } from './weights/damaged.ts'
import { honestEmbeddings, poisonedEmbeddings } from './weights/embeddings.ts'

/** Weights as they are found, and weights that somebody changed or damaged. Samples need no base. */
export const samples: readonly Sample[] = [
  ...honestEmbeddings,
  ...poisonedEmbeddings,
  ...honestLayers,
  ...damagedLayers,
]
