export { allAttacks, type DrillAttack } from './arsenal.ts'
export { honestFolders } from './corpora/honest-folders.ts'
export {
  type Corpus,
  corpora,
  corpusOf,
  inventedPictures,
  inventedTalk,
  pictureCorpora,
  talkCorpora,
} from './corpora/index.ts'
export { languages } from './corpora/languages.ts'
export { type PlainPoolOptions, plainPool } from './corpora/plain-raters.ts'
export { donorsOf, type PublishedSet, published, publishedSets } from './corpora/published.ts'
export { type Manner, type Pool, type PoolOptions, pool } from './corpora/raters.ts'
export { reviews } from './corpora/reviews.ts'
export {
  type DrilledAttack,
  type DrillProgress,
  type DrillRequest,
  type DrillResult,
  drill,
} from './drill.ts'
export { type Accusation, heldTable, type Judged, type JudgeRowsOptions, judgeRows, judgeTable } from './judged.ts'
export { type DrilledFiles, drillFiles, type FileAttack, type LockTrial, lockTrial } from './locked.ts'
export { type PublishedModel, publishedModels } from './models.ts'
export { type Dose, doseRows, type Poisoned, type PoisonRequest, poisonRows, poisonTable } from './poison.ts'
export { type HeldRows, labBounds, labSide, rowsOfTable } from './read.ts'
export { namesIn, type Score, score } from './score.ts'
export {
  binomialInterval,
  measurePower,
  type Power,
  powerOf,
  type Trial,
  type TrialRequest,
  trial,
} from './trial.ts'
