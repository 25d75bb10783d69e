import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Lock, LockedArtifact, LockedPart } from '../src/ledger/index.ts'

const require = createRequire(import.meta.url)
const schemas = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res', 'schema')
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
