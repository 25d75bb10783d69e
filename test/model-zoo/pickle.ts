import { deniedSamples } from './pickle/denied.ts'
import { honestSamples } from './pickle/honest.ts'
import { trickSamples } from './pickle/tricks.ts'
import type { Sample } from './sample.ts'

/** Pickles: every way to run code that is known, with inert calls, and what libraries write. */
export const samples: readonly Sample[] = [...deniedSamples, ...trickSamples, ...honestSamples]
