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
export type { Algorithm, Digested, Tree, TreeFile } from './tree.ts'
export { type TreeOptions, treeOf } from './walk.ts'
