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

type Hash = { readonly alg: string; readonly content: string }
type Property = { readonly name: string; readonly value: string }

const sha256Of = ({ sha256 }: { readonly sha256: string }): Hash => ({ alg: 'SHA-256', content: sha256 })
const hashesOf = (part: LockedPart): Hash[] => [sha256Of(part), { alg: 'BLAKE3', content: part.blake3 }]
const property = (name: string, value: string | number): Property => ({ name: `bezoar:${name}`, value: String(value) })

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
    ...nestedFiles(artifact, isFile ? [] : artifact.parts),
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

/** Files inside an artifact; also those that patterns leave out and something could run, which are pinned as well. */
function nestedFiles(artifact: LockedArtifact, parts: readonly LockedPart[]) {
  const runnable = artifact.runnable ?? []
  const components = [
    ...parts.map(part => fileOf(artifact, part, hashesOf(part), [])),
    ...runnable.map(part => fileOf(artifact, part, [sha256Of(part)], [property('part:ignored', 'true')])),
  ]
  return components.length === 0 ? {} : { components }
}

interface FileFacts {
  readonly name: string
  readonly size: number
  readonly link?: string | undefined
}

function fileOf(artifact: LockedArtifact, { name, size, link }: FileFacts, hashes: Hash[], more: Property[]) {
  return {
    type: 'file',
    'bom-ref': partRef(artifact, name),
    'mime-type': mediaTypeOf(name),
    name,
    hashes,
    properties: [property('part:bytes', size), ...(link === undefined ? [] : [property('part:link', link)]), ...more],
  }
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
