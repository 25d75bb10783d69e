export { chooseEngine, type EngineChoice } from './choose.ts'
export type { Engine, EngineOptions } from './engine.ts'
export { foldEngine } from './fold/index.ts'
export type { Catalogue } from './plan.ts'
