/** A model to be judged: inert bytes built from a description of an attack, or an honest file. */
export type { ModelSample as Sample } from '../../src/kit/index.ts'
