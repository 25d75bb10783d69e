import type { LockedArtifact, LockedPart } from '../lock/schema.ts'
import { type JudgedArtifact, originPage, originUri } from '../statements/index.ts'
import { type About, isAddress, spdxOf } from './about.ts'
import { croissantContext } from './croissant-context.ts'
import { contentTypeOf, mediaTypeOf } from './media-type.ts'
import { iriPath } from './names.ts'
import { fileId, pathOf, tablesOf } from './record-sets.ts'

export interface CroissantOptions {
  /** When it was published, RFC 3339 or a day; what a lock knows best is when it was made. */
  readonly at: string
  readonly about?: About
  /** Address below which the files are served; they are named relative to the lock's folder when absent. */
  readonly base?: string
  /** Reports about the dataset: what they found is said of it. */
  readonly reports?: readonly JudgedArtifact[]
}

/** What Croissant demands of a dataset and a lock cannot know; said to be unknown instead of made up. */
const unstated = 'Not stated'

/** An artifact of a lock as Croissant 1.1 (JSON-LD). Equal input gives equal bytes. */
export function croissantOf(artifact: LockedArtifact, options: CroissantOptions) {
  const { about = {} } = options
  const { sets, recordSet } = tablesOf(artifact)
  const origin = originUri(artifact)
  const findings = (options.reports ?? []).filter(judged => judged.artifact.name === artifact.name).flatMap(sentencesOf)
  return {
    '@context': croissantContext,
    '@type': 'sc:Dataset',
    name: artifact.name,
    description: about.description ?? describedBy(artifact),
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    license: licenseOf(about.license),
    url: about.url ?? originPage(artifact) ?? urn(artifact),
    creator: { '@type': 'sc:Organization', name: about.creator ?? unstated },
    datePublished: about.published ?? options.at,
    ...(about.version === undefined ? {} : { version: about.version }),
    identifier: urn(artifact),
    ...(origin === null ? {} : { 'prov:wasDerivedFrom': { '@id': origin } }),
    ...(findings.length === 0 ? {} : { 'rai:dataLimitations': findings }),
    distribution: [...artifact.parts.map(part => fileObjectOf(artifact, part, options.base)), ...sets],
    ...(recordSet.length === 0 ? {} : { recordSet }),
  }
}

/** Facts that Croissant demands and nobody stated; the user is told. */
export const unstatedFacts = (artifact: LockedArtifact, about: About): string[] => [
  ...(about.license === undefined ? ['license'] : []),
  ...(about.creator === undefined ? ['creator'] : []),
  ...(about.url === undefined && originPage(artifact) === null ? ['url'] : []),
  ...(about.description === undefined ? ['description'] : []),
]

const urn = ({ id }: LockedArtifact): string => `urn:bezoar:artifact:sha256:${id}`

function describedBy({ parts, table, id }: LockedArtifact): string {
  const bytes = parts.reduce((sum, part) => sum + part.size, 0)
  const files = `${parts.length.toLocaleString('en-US')} file${parts.length === 1 ? '' : 's'}`
  const rows = table ? `, ${table.rows.toLocaleString('en-US')} rows` : ''
  return `${files}${rows}, ${bytes.toLocaleString('en-US')} bytes; locked as ${id}.`
}

function licenseOf(license: string | undefined) {
  if (license === undefined) return { '@type': 'sc:CreativeWork', name: unstated }
  const id = spdxOf(license)
  if (id !== null) return `https://spdx.org/licenses/${id}.html`
  return isAddress(license) ? license : { '@type': 'sc:CreativeWork', name: license }
}

/** What was found, and what nobody looked at. */
const sentencesOf = ({ report, unjudged }: JudgedArtifact): string[] => [
  ...report.outcomes.flatMap(outcome => outcome.findings.map(f => `${f.severity}: ${f.text} (${f.detector})`)),
  ...unjudged.map(part => `Nothing judged ${part}.`),
  ...report.coverage.notLookedAt,
]

function fileObjectOf(artifact: LockedArtifact, part: LockedPart, base: string | undefined) {
  return {
    '@type': 'cr:FileObject',
    '@id': fileId(part),
    name: part.name,
    contentUrl:
      base === undefined ? iriPath(pathOf(artifact, part)) : `${base.replace(/\/+$/, '')}/${iriPath(part.name)}`,
    contentSize: `${part.size} B`,
    encodingFormat: formatsOf(part.name),
    sha256: part.sha256,
  }
}

/** A packed table is both: readers of rows go by what is inside. */
function formatsOf(name: string): string | string[] {
  const [inner, outer] = [contentTypeOf(name), mediaTypeOf(name)]
  return inner === outer ? inner : [inner, outer]
}
