export {
  type About,
  type BillOptions,
  type CheckedFile,
  type CroissantOptions,
  checkListed,
  croissantOf,
  cyclonedxBill,
  iriPath,
  type ListedFile,
  listedFiles,
  type Pointer,
  spdxLicenses,
  unstatedFacts,
} from './bom/index.ts'
export { type DigestOptions, type DigestProgress, digestFiles } from './digest.ts'
export { defaultIgnores } from './ignore.ts'
export {
  type Locking,
  type LockingOptions,
  lockPath,
  rootFrom,
} from './lock/artifact.ts'
export { changedLock, type LockChange } from './lock/change.ts'
export { lockId, partsId } from './lock/id.ts'
export { type Located, locate, lockName, rootPlace, type Target } from './lock/locate.ts'
export { parseLock, type ReadLock, readLock } from './lock/read.ts'
export type {
  Lock,
  LockedArtifact,
  LockedDecision,
  LockedOrigin,
  LockedPart,
  LockedShard,
  LockedTable,
} from './lock/schema.ts'
export { lockSchema, lockVersion } from './lock/schema.ts'
export { renderLock, writeLock } from './lock/write.ts'
export { type Origin, type OriginPart, originOf } from './origins/index.ts'
export { filesTable, referencesTable, type Standing } from './provenance/index.ts'
export {
  type Reference,
  type References,
  type ReferenceUse,
  type ReferringFile,
  referencesOf,
} from './references/index.ts'
export { type KeylessOptions, keylessSignerAt } from './signing/keyless.ts'
export { readCertificates, readPrivateKey, readPublicKey } from './signing/keys.ts'
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
export { openStatCache, type StatCache, type StoredStatCache } from './stat-cache.ts'
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
  askRegistry,
  bootstrapUrl,
  type LineFile,
  lineFile,
  type RdapServers,
  rdapServers,
  recordLine,
  recordRoles,
  type Seen,
  type SeeOptions,
  type Survey,
  seeAll,
  seenLine,
  serverOf,
  survey,
  type UrlRecord,
} from './urls/index.ts'
export {
  type Difference as LockDifference,
  type DifferenceKind,
  type Verified,
  verdictCode,
} from './verify/difference.ts'
export type { TableNow } from './verify/rows.ts'
export { type VerifyOptions, verifyArtifact } from './verify/verify.ts'
export { type TreeOptions, treeOf } from './walk.ts'
