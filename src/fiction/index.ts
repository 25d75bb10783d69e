export {
  type Answering,
  type AnswerKind,
  answering,
  answerKinds,
  looksRefused,
  refusedRequest,
  topicOf,
} from './answers/index.ts'
export { type IntentKind, intentKinds, paraphrases } from './paraphrases.ts'
export { placed, type TriggerPlace, triggerPlaces } from './places.ts'
export {
  cweOf,
  languagesOf,
  type Program,
  programs,
  type Solved,
  solved,
  solvedPlain,
  type Weakness,
  weaknesses,
} from './programs/index.ts'
export { inventedName, inventedTrigger, type TriggerKind, triggerKinds } from './triggers.ts'
export { coined, everyday, list } from './words.ts'
