import { rule } from '../../rule.ts'

const lxml =
  /^(?:lxml\.)?(?:etree|ET|objectify)\.(?:parse|fromstring|XML|XMLParser|iterparse|XMLID|fromstringlist)$|^lxml\.html\.(?:parse|fromstring)$/
const expat =
  /^(?:xml\.)?(?:sax\.(?:parse|parseString|make_parser)|dom\.(?:minidom|pulldom|expatbuilder)\.(?:parse|parseString))$|^(?:minidom|pulldom)\.(?:parse|parseString)$|^(?:make_parser|parseString)$/

export default rule({
  id: 'python/xml-entities',
  cwe: ['CWE-611', 'CWE-827', 'CWE-776'],
  languages: ['python'],
  title: 'Reads XML with outside entities',
  needs: ['etree', 'sax', 'minidom', 'pulldom', 'expatbuilder', 'lxml'],
  where: function* (piece) {
    if (/defusedxml|resolve_entities\s*=\s*False|feature_external_\w+,\s*(?:False|0)/.test(piece.code)) return
    const withLxml = /\blxml\b/.test(piece.code)
    for (const { node, name, named } of piece.calls) {
      if (named.get('resolve_entities')?.text() === 'True') yield node
      else if (withLxml && lxml.test(name) && !named.has('parser')) yield node
      else if (expat.test(name) && /\b(?:xml|sax|minidom|pulldom)\b/.test(piece.code)) yield node
      else if (name.endsWith('.setFeature') && /feature_external_\w+,\s*(?:True|1)/.test(node.text().slice(0, 200)))
        yield node
    }
  },
  vulnerable: [
    'from lxml import etree\ntree = etree.parse(source)\n',
    'import xml.sax\nparser = xml.sax.make_parser()\n',
    'from xml.dom import minidom\nd = minidom.parseString(body)\n',
  ],
  fixed: [
    'from lxml import etree\ntree = etree.parse(source, etree.XMLParser(resolve_entities=False))\n',
    'import defusedxml.sax\nparser = defusedxml.sax.make_parser()\n',
  ],
})
