export { type Engine, foldEngine } from './fold/index.ts'
export type { Catalogue } from './plan.ts'
