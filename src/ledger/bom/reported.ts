import type { Evidence, Finding } from '../../core/index.ts'
import type { LockedArtifact } from '../lock/schema.ts'
import type { JudgedArtifact, partFinder } from '../statements/index.ts'

/** Places of one finding that a bill lists; the report has more. */
const mostPlaces = 5
/** Places of one artifact. */
const mostOccurrences = 1000

interface Place {
  readonly file: string
  readonly record?: number
  readonly line?: number
  readonly offset?: number
}

/** Where the evidence of a finding stands, file by file. */
function placesOf({ evidence, rows }: Finding): Place[] {
  const own = evidencePlaces(evidence)
  const accused = rows?.listed.map(({ part }) => ({ file: part })) ?? []
  return (own.length > 0 ? own : accused).slice(0, mostPlaces)
}

function evidencePlaces(evidence: Evidence): Place[] {
  if ('places' in evidence)
    return evidence.places.map(({ part, record, line }) => ({
      file: part,
      ...(record === undefined ? {} : { record }),
      ...(line === undefined ? {} : { line }),
    }))
  if ('file' in evidence) {
    const at = evidence.kind === 'act' ? evidence.offset : evidence.kind === 'place' ? evidence.start : undefined
    return [{ file: evidence.file, ...(at === undefined ? {} : { offset: at }) }]
  }
  return 'examples' in evidence ? evidence.examples.map(({ part, record }) => ({ file: part, record })) : []
}

/** Names of the locked parts that a finding accuses; none when it accuses the artifact as a whole. */
export function accusedParts(finding: Finding, partAt: ReturnType<typeof partFinder>): string[] {
  const files = [...placesOf(finding).map(place => place.file), ...(finding.rows?.listed.map(({ part }) => part) ?? [])]
  return [...new Set([...new Set(files)].flatMap(file => partAt(file)?.name ?? []))]
}

/** Places of findings in an artifact, as evidence of its component. */
export function occurrencesOf(reports: readonly JudgedArtifact[], artifact: LockedArtifact) {
  const findings = reports
    .filter(judged => judged.artifact.name === artifact.name)
    .flatMap(judged => judged.report.outcomes.flatMap(outcome => outcome.findings))
  return findings
    .flatMap(finding => placesOf(finding).map(place => occurrenceOf(finding, place)))
    .filter(({ line = 0, offset = 0 }) => line >= 0 && offset >= 0)
    .slice(0, mostOccurrences)
}

const occurrenceOf = ({ id, detector, message }: Finding, { file, record, ...at }: Place) => ({
  location: file,
  ...at,
  symbol: `${detector}/${message}`,
  additionalContext: `${record === undefined ? '' : `Record ${record}; `}finding ${id}`,
})
