import { type Examiner, modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { attribute, attributesOf, examineXml, startOf, type XmlPiece } from '../xml.ts'
import { explainWeights } from './weights.ts'

/** Elements that say what the network is. */
const telling = new Set(['net', 'layer', 'CustomLayer', 'Source'])
const programs = /\.(so|dll|dylib|cl|py|exe|sh)\b/i
const library = /\.(so(\.\d+)*|dll|dylib|cl|py|exe|sh)$/i

/** The layers of a network as XML; its numbers stand in a `.bin` beside it. */
export default modelFormat({
  id: 'openvino',
  title: 'OpenVINO IR',
  extensions: ['.xml'],

  sniff(head) {
    const start = startOf(head)
    if (start?.name === 'net' && (!start.root || attribute(start.root, 'version') !== undefined)) return 3
    return start?.name === 'CustomLayer' || start?.name === 'CustomLayers' ? 3 : 0
  },

  async read(bytes, examiner) {
    const acts = new ActList()
    const lines: string[] = []
    await examineXml(bytes, examiner, 'openvino', piece => {
      if (piece.kind === 'open') element(piece, acts, lines, examiner)
    })
    const listing = (most: number) => lines.slice(0, most)
    examiner.program({ language: 'openvino', start: 0, end: bytes.size, acts: acts.all(), listing, ...acts.incomplete })
  },

  layout: explainWeights,
})

function element(piece: XmlPiece, acts: ActList, lines: string[], examiner: Examiner): void {
  const { name, start, text } = piece
  if (!telling.has(name) && !programs.test(text)) return
  const attributes = attributesOf(piece)
  const of = (key: string) => attributes.find(([each]) => each === key)?.[1] ?? ''
  if (name === 'net') examiner.fact('version', of('version'))
  if (name === 'layer') {
    acts.add('operator', of('version'), of('type'), 'layer', start)
    if (lines.length < 20_000) lines.push(`${start}: ${of('name')} = ${of('version')}::${of('type')}`)
  }
  if (name === 'CustomLayer') acts.add('operator', 'custom', of('name'), 'CustomLayer', start)
  if (name === 'Source') acts.add('reach', 'custom', of('filename'), 'Source', start)
  for (const [key, value] of attributes)
    if (library.test(value)) acts.add('reach', name, value, `${name}.${key}`, start)
}
