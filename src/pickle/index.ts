export { type PickleConstant, type PickleOptions, type PickleRun, runPickle } from './run.ts'
export { looksLikePickle } from './sniff.ts'
export type {
  PickleBytes,
  PickleCall,
  PickleDict,
  PickleGlobal,
  PickleItems,
  PickleOpaque,
  PicklePersistent,
  PickleValue,
} from './value.ts'
