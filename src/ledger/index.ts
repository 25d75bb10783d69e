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
export { readCertificates, readPrivateKey } from './signing/keys.ts'
export type { FoundSignature, Seal, SealedFile, TreeSignatures } from './signing/seal.ts'
export { type Signed, type Signer, type SignOptions, signArtifact } from './signing/sign.ts'
export { type SignaturesOptions, signaturesOf } from './signing/signatures-of.ts'
export type { Trust } from './signing/trust/judge.ts'
export type { Refusal, RefusalCode } from './signing/trust/refused.ts'
export { namesTrust, type TrustSource, trustFrom } from './signing/trusting.ts'
export { type SignatureReport, type VerifySignatureOptions, verifySignature } from './signing/verify.ts'
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
  isSignedWith,
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
  signedEnvelope,
  summaryStatement,
  type TrainingRun,
  trainingRun,
  type Verification,
  writtenJson,
} from './statements/index.ts'
export type { Algorithm, Digested, Tree, TreeFile } from './tree.ts'
export {
  type Asked,
  type LineFile,
  lineFile,
  parseSeen,
  recordLine,
  recordRoles,
  type Seen,
  type SeeOptions,
  type Survey,
  seeAll,
  seenLine,
  survey,
  type UrlRecord,
} from './urls/index.ts'
export { type TreeOptions, treeOf } from './walk.ts'
