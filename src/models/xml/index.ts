import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { attribute, examineXml, localName, startOf } from '../xml.ts'

/** Objects that readers of Java and .NET make of what XML names. */
const making = /^(java|object|void|map|entry|dynamic-proxy|ObjectDataProvider|ResourceDictionary|beans|bean)$/

/** XML that is no known model: data, pictures, project files. Some readers make objects of it. */
export default modelFormat({
  id: 'xml',
  title: 'XML',
  extensions: ['.xml', '.svg', '.xsd'],
  common: true,
  sniff(head) {
    const start = startOf(head)
    return !start ? 0 : start.declared || making.test(localName(start.name)) ? 2 : start.name === '' ? 2 : 0
  },

  async read(bytes, examiner) {
    const acts = new ActList()
    let root = ''
    await examineXml(bytes, examiner, 'xml', piece => {
      root ||= piece.kind === 'open' ? localName(piece.name) : ''
      if (piece.kind !== 'open' || !making.test(localName(piece.name))) return
      const name = attribute(piece, 'class') ?? attribute(piece, 'MethodName')
      if (name !== undefined) acts.add('call', 'xml', name, localName(piece.name), piece.start)
    })
    // What stands before the root may be so long that nobody could tell it by the first bytes.
    const known = ({ PMML: 'pmml', net: 'openvino' } as const)[root as 'PMML' | 'net']
    if (known) await examiner.member(root, bytes, { as: known, again: true })
    const all = acts.all()
    if (all.length > 0) examiner.program({ language: 'xml', start: 0, end: bytes.size, acts: all, ...acts.incomplete })
  },
})
