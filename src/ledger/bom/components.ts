import type { Lock, LockedArtifact, LockedPart } from '../lock/schema.ts'
import { type JudgedArtifact, originPage } from '../statements/index.ts'
import { type About, isAddress, spdxOf } from './about.ts'
import { mediaTypeOf } from './media-type.ts'
import { modelCardOf } from './model-card.ts'
import { artifactRef, partRef } from './refs.ts'
import { occurrencesOf } from './reported.ts'

/** A document that speaks about an artifact, or about all of them. */
export interface Pointer {
  readonly type: 'attestation' | 'evidence' | 'digital-signature' | 'model-card'
  readonly url: string
  readonly sha256: string
  /** Name of the artifact; absent when it is about the whole lock. */
  readonly artifact?: string
}

export interface ComponentContext {
  readonly lock: Lock
  readonly about: About
  readonly reports: readonly JudgedArtifact[]
  readonly pointers: readonly Pointer[]
  /** Artifacts that models of this bill were made from. */
  readonly trainedOn: readonly LockedArtifact[]
}

const hashesOf = ({ sha256, blake3 }: LockedPart) => [
  { alg: 'SHA-256', content: sha256 },
  { alg: 'BLAKE3', content: blake3 },
]

const property = (name: string, value: string | number) => ({ name: `bezoar:${name}`, value: String(value) })

/** An artifact as a component: a model with its card, or data; its files inside it, each with its hashes. */
export function componentOf(artifact: LockedArtifact, context: ComponentContext) {
  const isModel = artifact.kind === 'model'
  const [only] = artifact.parts
  const isFile = artifact.parts.length === 1 && only !== undefined
  const occurrences = occurrencesOf(context.reports, artifact)
  return {
    type: isModel ? 'machine-learning-model' : 'data',
    'bom-ref': artifactRef(artifact),
    name: artifact.name,
    ...versionOf(artifact, context.about),
    ...(context.about.description === undefined ? {} : { description: context.about.description }),
    ...(isFile ? { 'mime-type': mediaTypeOf(only.name), hashes: hashesOf(only) } : {}),
    ...licensesOf(context.about.license),
    ...(context.about.creator === undefined ? {} : { supplier: { name: context.about.creator } }),
    ...referencesOf(artifact, context),
    ...(isFile ? {} : nestedParts(artifact)),
    ...(occurrences.length === 0 ? {} : { evidence: { occurrences } }),
    ...(isModel ? { modelCard: modelCardOf(artifact, context) } : { data: [dataOf(artifact, context.about)] }),
    properties: [
      property('artifact:id', artifact.id),
      property('artifact:kind', artifact.kind),
      property('artifact:root', artifact.root),
      property('artifact:parts', artifact.parts.length),
      property(
        'artifact:bytes',
        artifact.parts.reduce((sum, part) => sum + part.size, 0),
      ),
      ...(artifact.decision ? decisionFacts(artifact.decision) : []),
    ],
  }
}

function versionOf({ origin }: LockedArtifact, { version }: About) {
  const named = version ?? origin?.commit
  return named === undefined ? {} : { version: named.slice(0, 1024) }
}

function nestedParts(artifact: LockedArtifact) {
  if (artifact.parts.length === 0) return {}
  const components = artifact.parts.map(part => ({
    type: 'file',
    'bom-ref': partRef(artifact, part.name),
    'mime-type': mediaTypeOf(part.name),
    name: part.name,
    hashes: hashesOf(part),
    properties: [
      property('part:bytes', part.size),
      ...(part.link === undefined ? [] : [property('part:link', part.link)]),
    ],
  }))
  return { components }
}

const decisionFacts = ({ verdict, report, policy }: NonNullable<LockedArtifact['decision']>) => [
  property('decision:verdict', verdict),
  property('decision:report:sha256', report),
  ...(policy === null ? [] : [property('decision:policy:sha256', policy)]),
]

/** License fields of a component or of the bill; nothing when the license is not stated. */
export function licensesOf(license: string | undefined) {
  if (license === undefined) return {}
  const id = spdxOf(license)
  const named = isAddress(license) ? { name: license, url: license } : { name: license }
  return { licenses: [{ license: id === null ? named : { id } }] }
}

function dataOf(artifact: LockedArtifact, about: About) {
  const { table } = artifact
  const facts = table
    ? [
        property('table:rows', table.rows),
        property('table:rows:lost', table.lostRows),
        ...table.columns.map(({ name, role }) =>
          property('table:column', role === undefined ? name : `${name} (${role})`),
        ),
      ]
    : []
  const url = about.url ?? originPage(artifact)
  const contents = {
    ...(url !== null && isAddress(url) ? { url } : {}),
    ...(facts.length === 0 ? {} : { properties: facts }),
  }
  return {
    'bom-ref': `${artifactRef(artifact)}?data`,
    type: 'dataset',
    name: artifact.name,
    ...(Object.keys(contents).length === 0 ? {} : { contents }),
    ...(about.description === undefined ? {} : { description: about.description }),
    ...(about.creator === undefined ? {} : { governance: { owners: [{ organization: { name: about.creator } }] } }),
  }
}

function referencesOf(artifact: LockedArtifact, { about, pointers }: ComponentContext) {
  const page = originPage(artifact)
  const references = [
    ...(about.url !== undefined && isAddress(about.url) ? [{ type: 'website', url: about.url }] : []),
    ...(page === null
      ? []
      : [
          {
            type: artifact.origin?.kind === 'git' ? 'vcs' : 'distribution',
            url: page,
            comment: `commit ${artifact.origin!.commit}`,
          },
        ]),
    ...pointers.filter(pointer => pointer.artifact === artifact.name).map(referenceOf),
  ]
  return references.length === 0 ? {} : { externalReferences: references }
}

/** A pointer as an external reference with its hash. */
export const referenceOf = ({ type, url, sha256 }: Pointer) => ({
  type,
  url,
  hashes: [{ alg: 'SHA-256', content: sha256 }],
})
