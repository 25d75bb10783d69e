import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { attribute, attributesOf, examineXml, localName, startOf, type XmlPiece } from '../xml.ts'

/** Where text of a program may stand in a place that is meant for anything. */
const code =
  /\b(java\.lang|javax\.script|Runtime|ProcessBuilder|getRuntime|eval|exec|system|subprocess|__import__|os\.|cmd\.exe|powershell|\/bin\/|ScriptEngine|Class\.forName)\b|<script/i
const scripts = /^(script|javascript|groovy|python|jython|code|source|command|exec)$/i

/** Models as XML: trees, regressions and functions over fields, for a scoring engine. */
export default modelFormat({
  id: 'pmml',
  title: 'PMML',
  extensions: ['.pmml'],

  sniff: head => (localName(startOf(head)?.name ?? '') === 'PMML' ? 3 : 0),

  async read(bytes, examiner) {
    const acts = new ActList()
    const own = new Set<string>()
    const applied = new Map<string, { readonly start: number; count: number }>()
    let inside = 0
    await examineXml(bytes, examiner, 'pmml', piece => {
      const name = localName(piece.name)
      if (piece.kind === 'open' && name === 'PMML') examiner.fact('version', attribute(piece, 'version') ?? '')
      if (piece.kind === 'open' && name === 'Application') examiner.fact('made by', attribute(piece, 'name') ?? '')
      if (piece.kind === 'open' && name === 'DefineFunction') own.add(attribute(piece, 'name') ?? '')
      if (piece.kind === 'open' && name === 'Apply') apply(piece, applied)
      if (name === 'Extension') inside += piece.kind === 'open' ? 1 : -1
      if (inside > 0) extension(piece, acts)
      const mayReach = piece.kind === 'open' && /href|systemId|location|ur[il]|file/i.test(piece.text)
      for (const [key, value] of mayReach ? attributesOf(piece) : [])
        if (/^(xlink:)?href$|^(systemId|location|uri|url|file)$/i.test(key) && !/^#/.test(value))
          acts.add('reach', 'pmml', value, `${name}.${key}`, piece.start)
    })
    for (const [name, { start, count }] of applied)
      acts.add('operator', 'pmml', name, own.has(name) ? 'function of the model' : 'Apply', start, [], count)
    examiner.program({ language: 'xml', start: 0, end: bytes.size, acts: acts.all(), ...acts.incomplete })
  },
})

function apply(piece: XmlPiece, applied: Map<string, { readonly start: number; count: number }>): void {
  const name = attribute(piece, 'function') ?? ''
  const known = applied.get(name)
  if (known) known.count++
  else if (applied.size < 100_000) applied.set(name, { start: piece.start, count: 1 })
}

/** Extensions are for one engine only; those with programs in them are named. */
function extension(piece: XmlPiece, acts: ActList): void {
  const { text, start, kind } = piece
  const attributes = kind === 'open' ? attributesOf(piece) : []
  const found = [kind === 'open' ? '' : text, ...attributes.map(([, value]) => value)].find(each => code.test(each))
  if (found !== undefined) acts.add('call', 'pmml', found.trim(), 'Extension', start)
  else if (kind === 'open' && attributes.some(([key, value]) => /^(name|extender)$/.test(key) && scripts.test(value)))
    acts.add('call', 'pmml', attribute(piece, 'name') ?? '', 'Extension', start)
}
