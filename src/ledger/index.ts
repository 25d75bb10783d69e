export type { Lock, LockedArtifact, LockedDecision, LockedOrigin, LockedPart, LockedShard, LockedTable } from './lock/schema.ts'
export type { Algorithm, Digested, Tree, TreeFile } from './tree.ts'
