import { createHash } from 'node:crypto'
import type { Finding, Report } from '../src/core/index.ts'
import { evaluationStatement, judgedArtifact, provenanceStatement, trainingRun } from '../src/ledger/index.ts'
import type { Lock, LockedArtifact } from '../src/ledger/lock/schema.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'

/** The moment of every sample. */
export const at = '2026-11-21T12:00:00.000Z'
/** A digest of one digit. */
export const hex = (digit: string) => digit.repeat(64)

/** A part of three bytes. */
export const part = (name: string, digit: string) => ({ name, size: 3, sha256: hex(digit), blake3: hex('0') })
/** An artifact that is locked beside the lock. */
export const artifactOf = (
  name: string,
  kind: LockedArtifact['kind'],
  id: string,
  parts: LockedArtifact['parts'],
): LockedArtifact => ({
  name,
  kind,
  root: name,
  id: hex(id),
  parts,
  ignored: [],
})
/** A dataset of two files. */
export const data = artifactOf('reviews', 'dataset', 'd', [part('a.csv', '1'), part('sub/b.csv', '2')])
/** A model of one file. */
export const model = artifactOf('model', 'model', 'e', [part('model.safetensors', '3')])
/** A lock of some artifacts; its ids are not checked here. */
export const lockOf = (...artifacts: LockedArtifact[]): Lock => ({
  $schema: 'urn:bezoar:lock:1.0',
  version: '1.0',
  id: hex('f'),
  artifacts,
  history: [{ at, id: hex('f'), what: 'x', previous: null, hash: hex('9') }],
})
/** The lock of both. */
export const lock = lockOf(model, data)

/** A report on files, its digest as a scan makes it. */
export async function reportOf(parts: { name: string; sha256?: string }[], findings: Finding[] = []): Promise<Report> {
  const lines = parts.map(({ name, sha256 }) => `${name}\0${sha256}`).sort()
  const outcome = { detector: 'hidden-text', version: '1', threat: 'rag-poison', options: {}, rows: 10, figures: [] }
  return {
    $schema: '',
    version: '1.0',
    tool: { name: 'bezoar', version: '9.9.9' },
    artifact: {
      name: 'reviews',
      kind: 'dataset',
      digest: createHash('sha256').update(lines.join('\n')).digest('hex'),
      parts: parts.map(p => ({ sizeBytes: 3, format: 'csv', ...p })),
    },
    seed: 1,
    outcomes: [{ ...outcome, status: findings.length > 0 ? 'found' : 'clean', findings }],
    coverage: { rows: 10, lostRows: 0, bytes: 6, columns: [], notLookedAt: [], engine: 'fold' },
    baseline: {},
  }
}

/** A finding of a severity. */
export const finding = (severity: Finding['severity']): Finding => ({
  id: 'abcdef0123456789',
  detector: 'hidden-text',
  message: 'x',
  severity,
  threat: 'rag-poison',
  text: 'Found.',
  evidence: { kind: 'rows', total: 1, score: 1, expected: 0, examples: [] },
})
/** Both files of the dataset, as a scan from outside its folder names them. */
export const both = [
  { name: 'reviews/a.csv', sha256: hex('1') },
  { name: 'reviews/sub/b.csv', sha256: hex('2') },
]
/** The report, matched with the lock. */
export const judge = (report: Report, artifact?: string) =>
  judgedArtifact(lock, report, decide(report, defaultPolicy, new Date(at)), {
    report: 'report.json',
    ...(artifact === undefined ? {} : { artifact }),
  })
/** What the policy built in says. */
export const policy = { lostRows: 0.001, digest: null }

/** The statement on a scan that found something, or nothing. */
export const evaluated = async (severity?: Finding['severity']) =>
  evaluationStatement(lock, judge(await reportOf(both, severity ? [finding(severity)] : [])), {
    at,
    verifier: 'urn:x:y',
    policy,
  })
/** The statement on a training run. */
export const provenance = () =>
  provenanceStatement(lock, {
    models: [model],
    from: [data],
    buildType: trainingRun,
    parameters: {},
    builder: 'https://b.example/1',
  })
