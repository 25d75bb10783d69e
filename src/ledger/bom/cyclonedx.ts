import { createHash } from 'node:crypto'
import { canonical, toolVersion } from '../../core/index.ts'
import { defaultIgnores } from '../ignore.ts'
import type { Lock, LockedArtifact } from '../lock/schema.ts'
import type { JudgedArtifact } from '../statements/index.ts'
import type { About } from './about.ts'
import { type ComponentContext, componentOf, licensesOf, type Pointer, referenceOf } from './components.ts'
import { artifactRef } from './refs.ts'
import { vulnerabilitiesOf } from './vulnerabilities.ts'

export interface BillOptions {
  /** When the bill was made, RFC 3339. */
  readonly at: string
  /** Name of what the lock stands for: a project, a release. */
  readonly name: string
  /** Artifacts to list; all of the lock when absent. */
  readonly artifacts?: readonly LockedArtifact[]
  /** Reports about them. */
  readonly reports?: readonly JudgedArtifact[]
  /** What the models were made from, of those that are listed; all data of them when absent. */
  readonly trainedOn?: readonly LockedArtifact[]
  readonly pointers?: readonly Pointer[]
  /** Said of the artifact when it is one, and of the whole otherwise. */
  readonly about?: About
}

/**
 * A bill of materials of a lock as CycloneDX 1.7. Equal input gives equal bytes: the serial number is made from the
 * content, and time enters as an option.
 */
export function cyclonedxBill(lock: Lock, options: BillOptions) {
  const artifacts = options.artifacts ?? lock.artifacts
  const isModel = (artifact: LockedArtifact) => artifact.kind === 'model'
  const reports = options.reports ?? []
  const pointers = options.pointers ?? []
  const context: ComponentContext = {
    lock,
    about: artifacts.length === 1 ? (options.about ?? {}) : {},
    reports,
    pointers,
    trainedOn: options.trainedOn ?? artifacts.filter(a => !isModel(a)),
  }
  const vulnerabilities = vulnerabilitiesOf(reports)
  const overall = pointers.filter(pointer => pointer.artifact === undefined).map(referenceOf)
  const body = {
    version: 1,
    metadata: metadataOf(lock, artifacts, options),
    components: artifacts.map(artifact => componentOf(artifact, context)),
    ...(overall.length === 0 ? {} : { externalReferences: overall }),
    dependencies: [
      { ref: projectRef, dependsOn: artifacts.map(artifactRef) },
      ...artifacts.map(artifact => dependencyOf(artifact, context)),
    ],
    compositions: compositionsOf(artifacts),
    ...(vulnerabilities.length === 0 ? {} : { vulnerabilities }),
  }
  const $schema = 'http://cyclonedx.org/schema/bom-1.7.schema.json'
  return { $schema, bomFormat: 'CycloneDX', specVersion: '1.7', serialNumber: serialOf(lock, body), ...body }
}

/** Reference to what the lock stands for. */
const projectRef = 'project'

/** Nothing but what git keeps for itself was left out of the artifact, so all its files are listed. */
const isWhole = ({ ignored, leftOut = [], runnable = [] }: LockedArtifact): boolean =>
  ignored.every(pattern => defaultIgnores.includes(pattern)) && leftOut.length + runnable.length === 0

/** Which lists of files are complete, and which leave something out. */
function compositionsOf(artifacts: readonly LockedArtifact[]) {
  const whole = artifacts.filter(isWhole).map(artifactRef)
  const partial = artifacts.filter(artifact => !isWhole(artifact)).map(artifactRef)
  return [
    { aggregate: 'complete', assemblies: whole },
    { aggregate: 'incomplete', assemblies: partial },
  ].filter(({ assemblies }) => assemblies.length > 0)
}

function metadataOf(lock: Lock, artifacts: readonly LockedArtifact[], { at, name, about = {} }: BillOptions) {
  const latest = lock.history.at(-1)
  return {
    timestamp: at,
    lifecycles: [{ phase: 'post-build' }],
    tools: {
      components: [{ type: 'application', name: 'bezoar', version: toolVersion }],
    },
    component: {
      type: artifacts.some(a => a.kind === 'model') ? 'application' : 'data',
      'bom-ref': projectRef,
      name,
      ...(about.version === undefined ? {} : { version: about.version.slice(0, 1024) }),
      ...(about.description === undefined ? {} : { description: about.description }),
      ...licensesOf(about.license),
    },
    ...(about.creator === undefined ? {} : { supplier: { name: about.creator } }),
    properties: [
      { name: 'bezoar:lock:id', value: lock.id },
      ...(latest ? [{ name: 'bezoar:lock:at', value: latest.at }] : []),
    ],
  }
}

/** A model depends on what it was made from. */
function dependencyOf(artifact: LockedArtifact, { trainedOn }: ComponentContext) {
  const on = artifact.kind === 'model' ? trainedOn.filter(data => data.name !== artifact.name).map(artifactRef) : []
  return { ref: artifactRef(artifact), ...(on.length === 0 ? {} : { dependsOn: on }) }
}

/** A UUID of version 8 from the lock and everything the bill says: another bill of the same lock has another number. */
function serialOf(lock: Lock, body: unknown): string {
  const digest = createHash('sha256').update(`bezoar:bom:1\0${lock.id}\0`).update(canonical(body)).digest()
  digest[6] = (digest[6]! & 0x0f) | 0x80
  digest[8] = (digest[8]! & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
