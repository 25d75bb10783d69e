export {
  type About,
  type BillOptions,
  type CroissantOptions,
  croissantOf,
  cyclonedxBill,
  type Pointer,
  spdxLicenses,
  unstatedFacts,
} from './bom/index.ts'
export { type DigestOptions, type DigestProgress, digestFiles } from './digest.ts'
export { defaultIgnores } from './ignore.ts'
export type {
  Lock,
  LockedArtifact,
  LockedDecision,
  LockedOrigin,
  LockedPart,
  LockedShard,
  LockedTable,
} from './lock/schema.ts'
export { type Origin, type OriginPart, originOf } from './origins/index.ts'
export {
  type ChoiceLine,
  type Comparison,
  compareChoices,
  type Difference,
  type Fate,
  type LineSink,
  type NamedRevision,
  type SnapshotOptions,
  type SnapshotSummary,
  takeSnapshot,
} from './snapshot/index.ts'
export {
  asStatement,
  type Compared,
  compareDependencies,
  compareSubjects,
  type EvaluationOptions,
  evaluationStatement,
  type JudgedArtifact,
  judgedArtifact,
  parsedJson,
  payloadType,
  predicateTypes,
  provenanceStatement,
  readStatement,
  reportDigest,
  type Statement,
  type StatementKind,
  type SubjectsBy,
  summaryStatement,
  type TrainingRun,
  trainingRun,
  type Verification,
  writtenJson,
} from './statements/index.ts'
export type { Algorithm, Digested, Tree, TreeFile } from './tree.ts'
export { type TreeOptions, treeOf } from './walk.ts'
