import { type Act, type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { Malformed } from '../cursor.ts'
import { asUtf8, isObject, type JsonObject, readJson, valuesOf } from '../json-tree.ts'
import { schemaActs } from './nodes.ts'

/** Schemas of a thousand trees take some megabytes; a larger one is left unread by the format of JSON. */
const mostBytes = 128 << 20

/** Files of skops: a zip with arrays and a `schema.json` that says which objects to make of which classes. */
export default modelFormat({
  id: 'skops',
  title: 'skops',
  extensions: ['.skops'],
  sniff: () => 0,
  read(bytes, examiner) {
    examiner.claim(0, bytes.size, 'skops schema')
    tell(bytes, examiner)
  },
  async layout({ format, members }, examiner) {
    if (format !== 'zip') return
    for (const member of members) {
      const root = member.name === 'schema.json' ? schemaIn(member.bytes) : null
      if (root === null) continue
      examiner.fact('layout', 'skops')
      const place = { start: member.start ?? 0, end: member.end ?? 0 }
      await examiner.member('schema.json as skops reads it', member.bytes, { as: 'skops', again: true, ...place })
      const { byteFiles } = schemaActs(root)
      for (const each of members)
        if (byteFiles.has(each.name) && each.format === null) examiner.explain(each, 0, each.size, 'bytes of a value')
    }
  },
})

function tell(bytes: Bytes, examiner: Examiner): void {
  const root = schemaIn(bytes)
  if (!root) return
  const { acts, nodes, more } = schemaActs(root)
  for (const key of ['protocol', '_skops_version'])
    for (const value of valuesOf(root, key))
      if (typeof value === 'number' || typeof value === 'string') examiner.fact(key, value)
  examiner.fact('nodes', nodes)
  examiner.program({
    language: 'skops',
    start: 0,
    end: bytes.size,
    acts,
    title: 'schema.json',
    ...(more ? { incomplete: 'The schema does more than is kept.' } : {}),
    listing: lines => acts.slice(0, lines).map(lineOf),
  })
}

/** An object that says which loader reads it; null for other JSON and for none, which skops refuses too. */
function schemaIn(bytes: Bytes): JsonObject | null {
  if (bytes.size > mostBytes) return null
  try {
    const { root } = readJson(asUtf8(new Uint8Array(bytes.read(0, bytes.size))))
    return isObject(root) && root.keys.includes('__loader__') ? root : null
  } catch (reason) {
    if (reason instanceof Malformed) return null
    throw reason
  }
}

function lineOf({ kind, module, name, offset, by, count, args }: Act): string {
  const full = module === '' ? name : `${module}.${name}`
  const said = kind === 'import' ? `import ${full}` : `${full}(${args.length > 0 ? '…' : ''})`
  return `${offset}: ${said}  # ${by}${count > 1 ? `, ${count} times` : ''}`
}
