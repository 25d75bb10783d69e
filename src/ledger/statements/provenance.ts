import type { Plain } from '../../core/index.ts'
import type { Lock, LockedArtifact } from '../lock/schema.ts'
import { originUri } from './origin.ts'
import { predicateTypes, type Statement, statementType } from './statement.ts'
import { nameIn, type SubjectsBy, subjectsOf } from './subjects.ts'

/** A run that made models from locked artifacts. */
export interface TrainingRun {
  /** The models that came out. */
  readonly models: readonly LockedArtifact[]
  /** Data, and models to start from, that went in. */
  readonly from: readonly LockedArtifact[]
  /** What kind of run it was, as a URI. */
  readonly buildType: string
  /** What the user chose. */
  readonly parameters: Readonly<Record<string, Plain | undefined>>
  /** The platform that ran it and is trusted to say so, as a URI. */
  readonly builder: string
  readonly invocation?: string
  readonly startedOn?: string
  readonly finishedOn?: string
  /** Reports and logs of the run, by name and SHA-256. */
  readonly byproducts?: readonly { readonly name: string; readonly sha256: string }[]
  readonly subjects?: SubjectsBy
}

/** Build type of a training run that is described by nothing but its parameters; docs/guide/statements.md says what it means. */
export const trainingRun = 'urn:bezoar:build-type:training-run:1'

/** SLSA provenance of a training run: models as subjects, the lock's artifacts as resolved dependencies. */
export function provenanceStatement(lock: Lock, run: TrainingRun): Statement {
  const metadata = {
    ...(run.invocation === undefined ? {} : { invocationId: run.invocation }),
    ...(run.startedOn === undefined ? {} : { startedOn: run.startedOn }),
    ...(run.finishedOn === undefined ? {} : { finishedOn: run.finishedOn }),
  }
  const byproducts = run.byproducts?.map(({ name, sha256 }) => ({ name, digest: { sha256 } })) ?? []
  return {
    _type: statementType,
    subject: subjectsOf(run.models, run.subjects),
    predicateType: predicateTypes.provenance,
    predicate: {
      buildDefinition: {
        buildType: run.buildType,
        externalParameters: run.parameters,
        resolvedDependencies: run.from.flatMap(artifact => dependenciesOf(lock, artifact)),
      },
      runDetails: {
        builder: { id: run.builder },
        ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
        ...(byproducts.length === 0 ? {} : { byproducts }),
      },
    },
  }
}

/** The artifact by its id, which binds all names and sizes, and each part, which others can compare with a file. */
function dependenciesOf(lock: Lock, artifact: LockedArtifact) {
  const uri = originUri(artifact)
  return [
    {
      name: artifact.name,
      uri: uri ?? `urn:bezoar:artifact:sha256:${artifact.id}`,
      digest: { sha256: artifact.id, ...(artifact.origin ? { gitCommit: artifact.origin.commit } : {}) },
      annotations: { bezoar_lock: lock.id, bezoar_kind: artifact.kind, ...tableFacts(artifact) },
    },
    ...artifact.parts.map(({ name, sha256 }) => ({ name: nameIn(artifact, name), digest: { sha256 } })),
  ]
}

const tableFacts = ({ table }: LockedArtifact) => (table ? { bezoar_rows: table.rows } : {})
