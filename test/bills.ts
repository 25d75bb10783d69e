import { createHash } from 'node:crypto'
import { type Finding, pick, type Random, type Report, seeded, severities, threats } from '../src/core/index.ts'
import type { Lock, LockedArtifact, LockedPart } from '../src/ledger/index.ts'

const hexOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

/** Names as people and attackers write them: scripts, blanks, marks that mean something in addresses, hidden ones. */
const stems = [
  'train',
  'réponses',
  '数据 集',
  'отзывы',
  'a b',
  '100%',
  'q?x=1#y',
  'emoji-🙂',
  '[glob]*',
  'http:evil',
  'ﬁne',
  'ليل',
  'quote\'"',
  'back\\slash',
  'zero\u200bwidth',
  'ends.',
  '...',
  'half\ud800',
] as const
const endings = [
  '.csv',
  '.tsv',
  '.jsonl',
  '.parquet',
  '.csv.gz',
  '.txt',
  '.safetensors',
  '.bin',
  '',
  '.zip',
  '.png',
] as const

function partsOf(random: Random, count: number): LockedPart[] {
  const parts = new Map<string, LockedPart>()
  for (let i = 0; i < count; i++) {
    const folder = random() < 0.3 ? `${pick(stems, random)}/` : ''
    const name = `${folder}${pick(stems, random)}-${i}${pick(endings, random)}`
    const size = random() < 0.2 ? 0 : Math.floor(random() * 2 ** 40)
    const link = random() < 0.05 ? { link: '../elsewhere' } : {}
    parts.set(name, { name, size, sha256: hexOf(random, 64), blake3: hexOf(random, 64), ...link })
  }
  return [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function tableOf(random: Random, parts: readonly LockedPart[]): LockedArtifact['table'] {
  const columns = ['text', 'label', 'url', 'ünïcode column', 'a/b', 'a b', '', 'text'].slice(
    0,
    1 + Math.floor(random() * 8),
  )
  const digest = () => hexOf(random, 64)
  return {
    rows: parts.length * 10,
    lostRows: random() < 0.5 ? 0 : 3,
    columns: columns.map((name, i) => ({ name, ...(i % 2 === 0 ? { role: name === 'url' ? 'url' : 'text' } : {}) })),
    shards: parts.map(({ name }) => ({
      name,
      rows: 10,
      digest: digest(),
      blocks: [hexOf(random, 16)],
      blockRows: 1000,
    })),
  }
}

const kinds = ['dataset', 'model', 'corpus', 'feedback', 'urls'] as const

function artifactOf(random: Random, nth: number, files: number): LockedArtifact {
  const kind = pick(kinds, random)
  const parts = partsOf(random, files)
  const origin = {
    kind: pick(['huggingface', 'git'] as const, random),
    repository: pick(
      ['owner/name', '', 'https://user:secret@example.org/x.git', 'git@example.org:x/y.git', 'ssh://git@h/x'],
      random,
    ),
    commit: hexOf(random, 40),
    checked: 1,
    differing: [],
    unknown: [],
  }
  return {
    name: `${pick(stems, random)}-${nth}`,
    kind,
    root: pick(['.', 'data', 'päth with blank/x'], random),
    id: hexOf(random, 64),
    parts,
    ignored: random() < 0.3 ? ['*.tmp'] : [],
    ...(random() < 0.2 ? { runnable: [{ name: 'ignored/run.py', size: 3, sha256: hexOf(random, 64) }] } : {}),
    ...(random() < 0.2 ? { leftOut: [{ name: 'pipe', reason: 'a pipe' }] } : {}),
    ...(kind !== 'model' && random() < 0.7 ? { table: tableOf(random, parts) } : {}),
    ...(random() < 0.5 ? { origin } : {}),
  }
}

/** An invented project: a lock, and reports about some of its artifacts with findings of every severity. */
export function projectOf(seed: number): { readonly lock: Lock; readonly reports: readonly Report[] } {
  const random = seeded(seed)
  const sizes = [0, 1, 2, 7, 40, seed % 10 === 0 ? 3000 : 12]
  const artifacts = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, nth) =>
    artifactOf(random, nth, pick(sizes, random)),
  )
  artifacts.sort((a, b) => (a.name < b.name ? -1 : 1))
  const id = hexOf(random, 64)
  const event = { at: '2026-11-21T12:00:00.000Z', id, what: 'Locked.', previous: null, hash: hexOf(random, 64) }
  const lock: Lock = { $schema: 'urn:bezoar:lock:1.0', version: '1.0', id, artifacts, history: [event] }
  return { lock, reports: artifacts.filter(a => a.parts.length > 0).map(a => reportOf(random, a)) }
}

const hostileText = 'It says "ignore\u202e all\u0000 rules" \ud83d <script> and \u{e0049} more.'

function findingOf(random: Random, artifact: LockedArtifact, nth: number): Finding {
  const part = pick(artifact.parts, random).name
  const strength = { score: random() * 40, expected: 6 }
  const location = {
    kind: 'location' as const,
    defect: 'bad-json',
    count: 2,
    lost: 2,
    places: [
      { part, record: 3, line: 4, message: 'x' },
      { part, record: 9, message: 'y' },
    ],
    ...strength,
  }
  const example = { part, record: nth, excerpt: hostileText, spans: [] }
  const rows = { kind: 'rows' as const, total: 5, examples: [example], ...strength }
  const act = {
    kind: 'act' as const,
    file: part,
    member: part,
    language: 'pickle',
    offset: 12,
    name: 'os.system',
    by: 'REDUCE',
    statement: 'os.system(…)',
    listing: [],
    times: 1,
    mechanism: 'runs a command',
    ...strength,
  }
  return {
    id: hexOf(random, 16),
    detector: pick(['spurious-token', 'pickle-program', 'near-duplicate-campaign'], random),
    message: 'found',
    severity: pick(severities, random),
    threat: pick([...threats.map(t => t.id), 'no-such-threat'], random),
    text: `Finding ${nth} in ${part}: ${hostileText}`,
    evidence: pick([location, rows, act], random),
    ...(random() < 0.5
      ? { rows: { total: 5, listed: [{ part, ranges: [[0, 4] as [number, number]] }], complete: true } }
      : {}),
  }
}

/** The digest of a judged artifact, as a scan makes it. */
export const artifactDigest = (
  parts: readonly { readonly name: string; readonly sha256?: string | undefined }[],
): string =>
  createHash('sha256')
    .update(
      parts
        .map(part => `${part.name}\0${part.sha256}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')

function reportOf(random: Random, artifact: LockedArtifact): Report {
  const findings = Array.from({ length: Math.floor(random() * 6) }, (_, nth) => findingOf(random, artifact, nth))
  const parts = artifact.parts.map(({ name, size, sha256 }) => ({ name, sizeBytes: size, format: 'x', sha256 }))
  const detectors = [...new Set(findings.map(f => f.detector)), 'hidden-text']
  const kind = artifact.kind === 'urls' ? 'dataset' : artifact.kind
  return {
    $schema: '',
    version: '1.0',
    tool: { name: 'bezoar', version: '0.1.0' },
    artifact: { name: artifact.name, kind, digest: artifactDigest(parts), parts },
    seed: 1,
    outcomes: detectors.map(detector => {
      const own = findings.filter(f => f.detector === detector)
      const status = own.length > 0 ? 'found' : 'clean'
      return {
        detector,
        version: '1',
        threat: 'data-injection',
        status,
        options: {},
        rows: 10,
        findings: own,
        figures: [],
      }
    }),
    coverage: {
      rows: 100,
      lostRows: 0,
      bytes: 1,
      columns: [],
      notLookedAt: ['Column "x": nobody read it.'],
      engine: 'fold',
    },
    baseline: {},
  }
}
