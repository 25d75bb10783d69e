import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { attribute, examineXml, localName, rootOf } from '../xml.ts'

/** Objects that readers of Java and .NET make of what XML names. */
const making = /^(java|object|void|map|entry|dynamic-proxy|ObjectDataProvider|ResourceDictionary|beans|bean)$/

/** XML that is no known model: data, pictures, project files. Some readers make objects of it. */
export default modelFormat({
  id: 'xml',
  title: 'XML',
  extensions: ['.xml', '.svg', '.xsd'],
  common: true,
  sniff: head => (rootOf(head) ? 2 : 0),

  async read(bytes, examiner) {
    const acts = new ActList()
    await examineXml(bytes, examiner, 'xml', piece => {
      if (piece.kind !== 'open' || !making.test(localName(piece.name))) return
      const name = attribute(piece, 'class') ?? attribute(piece, 'MethodName')
      if (name !== undefined) acts.add('call', 'xml', name, localName(piece.name), piece.start)
    })
    const all = acts.all()
    if (all.length > 0) examiner.program({ language: 'xml', start: 0, end: bytes.size, acts: all, ...acts.incomplete })
  },
})
