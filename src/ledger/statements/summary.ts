import type { Lock, LockedArtifact } from '../lock/schema.ts'
import { predicateTypes, type Statement, statementType } from './statement.ts'
import { type SubjectsBy, subjectsOf } from './subjects.ts'

/** What was verified about an artifact, and how it came out. */
export interface Verification {
  readonly artifact: LockedArtifact
  /** True when the files are those of the lock. */
  readonly unchanged: boolean
  /** What the policy made of a report about these bytes; absent when there was none. */
  readonly verdict?: 'pass' | 'hold' | 'block'
  readonly at: string
  readonly verifier: string
  /** What the artifact is published or used as: the same bytes may be fit for one place and not for another. */
  readonly resource: string
  readonly policy: { readonly uri: string; readonly digest: string | null }
  /** Statements and signatures that the decision rests on. */
  readonly inputs: readonly { readonly uri?: string; readonly sha256: string }[]
  readonly subjects?: SubjectsBy
}

/** Levels of our own: SLSA's measure builds, and nothing here says how an artifact was built. */
const levels = { locked: 'BEZOAR_LOCK_VERIFIED', judged: 'BEZOAR_SCAN_PASSED' } as const

/** SLSA's summary of a verification, for those who trust the verifier and do not verify again. */
export function summaryStatement(lock: Lock, verification: Verification): Statement {
  const { artifact, unchanged, verdict, policy } = verification
  const passed = unchanged && (verdict === undefined || verdict === 'pass')
  const inputs = verification.inputs.map(({ uri, sha256 }) => ({
    ...(uri === undefined ? {} : { uri }),
    digest: { sha256 },
  }))
  return {
    _type: statementType,
    subject: subjectsOf([artifact], verification.subjects),
    predicateType: predicateTypes.summary,
    predicate: {
      verifier: { id: verification.verifier },
      timeVerified: verification.at,
      resourceUri: verification.resource,
      policy: { uri: policy.uri, ...(policy.digest === null ? {} : { digest: { sha256: policy.digest } }) },
      ...(inputs.length === 0 ? {} : { inputAttestations: inputs }),
      verificationResult: passed ? 'PASSED' : 'FAILED',
      verifiedLevels: passed ? [levels.locked, ...(verdict === 'pass' ? [levels.judged] : [])] : ['FAILED'],
      bezoar_lock: { digest: { sha256: lock.id } },
      bezoar_unchanged: unchanged,
      ...(verdict === undefined ? {} : { bezoar_verdict: verdict }),
    },
  }
}
