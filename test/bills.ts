import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
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

const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res',
  'schema',
)
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object

/** RFC 3987 by what it forbids; ajv has no test of its own for it. */
const iriReference = (text: string): boolean =>
  /^[^\s<>"{}|\\^`\u0000-\u001f]*$/u.test(text) && !/%(?![0-9A-Fa-f]{2})/.test(text)

/** What the official schema of CycloneDX 1.7 objects to in a bill. */
export function cyclonedxErrors(): (bill: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addFormat('iri-reference', iriReference)
  ajv.addFormat('idn-email', true)
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
  const validate = ajv.compile(schemaOf('bom-1.7'))
  return bill => (validate(bill) ? [] : (validate.errors ?? []).map(e => `${e.instancePath} ${e.message}`))
}

/** The licence identifiers of SPDX that CycloneDX 1.7 knows. */
export const spdxIds = (): readonly string[] => (schemaOf('spdx') as { enum: string[] }).enum

const text = { type: 'string', minLength: 1 }
const iri = { type: 'string', format: 'iri-reference', minLength: 1 }
const reference = { type: 'object', required: ['@id'], properties: { '@id': iri }, additionalProperties: false }
const agent = {
  type: 'object',
  required: ['@type', 'name'],
  properties: { '@type': { enum: ['sc:Organization', 'sc:Person'] }, name: text },
}
const formats = { anyOf: [text, { type: 'array', minItems: 1, items: text }] }
/** What Croissant 1.1 demands: required properties of a dataset, and how files, sets, records and fields are made. */
const croissantSchema = {
  type: 'object',
  required: [
    '@context',
    '@type',
    'name',
    'description',
    'conformsTo',
    'license',
    'url',
    'creator',
    'datePublished',
    'distribution',
  ],
  properties: {
    '@context': {
      type: 'object',
      required: ['@language', '@vocab', 'cr', 'sc', 'dct', 'conformsTo', 'recordSet', 'field', 'data', 'dataType'],
    },
    '@type': { const: 'sc:Dataset' },
    name: text,
    description: text,
    conformsTo: { const: 'http://mlcommons.org/croissant/1.1' },
    license: {
      anyOf: [
        { type: 'string', format: 'uri' },
        {
          type: 'object',
          required: ['@type', 'name'],
          properties: { '@type': { const: 'sc:CreativeWork' }, name: text },
        },
      ],
    },
    url: { type: 'string', format: 'uri' },
    creator: agent,
    datePublished: {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'string', format: 'date' },
      ],
    },
    version: text,
    distribution: {
      type: 'array',
      items: {
        oneOf: [
          {
            type: 'object',
            required: ['@type', '@id', 'name', 'contentUrl', 'contentSize', 'encodingFormat', 'sha256'],
            properties: {
              '@type': { const: 'cr:FileObject' },
              '@id': iri,
              name: text,
              contentUrl: iri,
              contentSize: { type: 'string', pattern: '^\\d+ B$' },
              encodingFormat: formats,
              sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
            },
            additionalProperties: false,
          },
          {
            type: 'object',
            required: ['@type', '@id', 'encodingFormat', 'includes'],
            properties: {
              '@type': { const: 'cr:FileSet' },
              '@id': iri,
              name: text,
              encodingFormat: formats,
              includes: { type: 'array', minItems: 2, items: text },
            },
            additionalProperties: false,
          },
        ],
      },
    },
    recordSet: {
      type: 'array',
      items: {
        type: 'object',
        required: ['@type', '@id', 'name', 'field'],
        properties: {
          '@type': { const: 'cr:RecordSet' },
          '@id': iri,
          field: {
            type: 'array',
            items: {
              type: 'object',
              required: ['@type', '@id', 'name', 'dataType', 'source'],
              properties: {
                '@type': { const: 'cr:Field' },
                '@id': iri,
                dataType: { type: 'string', pattern: '^(sc|cr):[A-Z][A-Za-z]+$' },
                source: {
                  type: 'object',
                  required: ['extract'],
                  properties: {
                    fileObject: reference,
                    fileSet: reference,
                    extract: { type: 'object', required: ['column'], properties: { column: text } },
                  },
                  oneOf: [{ required: ['fileObject'] }, { required: ['fileSet'] }],
                  additionalProperties: false,
                },
              },
            },
          },
        },
      },
    },
  },
}

interface Node {
  readonly '@id': string
}

/** What Croissant 1.1 objects to in a document: its shape, identifiers used twice, and references to nothing. */
export function croissantErrors(): (document: unknown) => string[] {
  const ajv = new Ajv({ strict: false })
  addFormats.default(ajv)
  ajv.addFormat('iri-reference', iriReference)
  const validate = ajv.compile<{
    distribution: Node[]
    recordSet?: (Node & { field: (Node & { source: { fileObject?: Node; fileSet?: Node } })[] })[]
  }>(croissantSchema)
  return document => {
    if (!validate(document)) return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message}`)
    const { distribution, recordSet = [] } = document
    const fields = recordSet.flatMap(set => set.field)
    const ids = [...distribution, ...recordSet, ...fields].map(node => node['@id'])
    const twice = ids.length === new Set(ids).size ? [] : ['an @id is used twice']
    const files = new Set(distribution.map(node => node['@id']))
    const lost = fields.filter(
      ({ source: { fileObject, fileSet } }) => !files.has((fileObject ?? fileSet)?.['@id'] ?? ''),
    )
    return [...twice, ...lost.map(field => `${field['@id']}: its source is not in the distribution`)]
  }
}

interface Hashed {
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly name: string
  readonly components?: readonly Hashed[]
}

/** Compares every hash of a bill with the lock: how many there are, and those that differ. */
export function hashesOfBill(
  bill: { readonly components: readonly Hashed[] },
  lock: Lock,
): { count: number; wrong: string[] } {
  const wrong: string[] = []
  let count = 0
  const check = (component: Hashed, part: Partial<LockedPart> | undefined, path: string) => {
    const expected = { 'SHA-256': part?.sha256, BLAKE3: part?.blake3 } as Readonly<Record<string, string | undefined>>
    for (const { alg, content } of component.hashes ?? []) {
      count++
      if (expected[alg] !== content) wrong.push(`${path}: ${alg}`)
    }
  }
  for (const component of bill.components) {
    const artifact = lock.artifacts.find(a => a.name === component.name)
    check(component, artifact?.parts.length === 1 ? artifact.parts[0] : undefined, component.name)
    for (const inner of component.components ?? [])
      check(
        inner,
        filesIn(artifact).find(part => part.name === inner.name),
        `${component.name}/${inner.name}`,
      )
  }
  const expected = lock.artifacts.reduce((sum, a) => sum + 2 * a.parts.length + (a.runnable?.length ?? 0), 0)
  return { count, wrong: count === expected ? wrong : [...wrong, `${count} hashes instead of ${expected}`] }
}

const filesIn = (artifact: LockedArtifact | undefined): Partial<LockedPart>[] => [
  ...(artifact?.parts ?? []),
  ...(artifact?.runnable ?? []),
]
