export { codeText, isZlib, unlettered } from './carriers.ts'
export { mayBegin } from './probe.ts'
export { type PickleConstant, type PickleOptions, type PickleRun, runPickle } from './run.ts'
export { beginsPickle, looksLikePickle } from './sniff.ts'
export { latin1Bytes, utf8Text } from './texts.ts'
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
