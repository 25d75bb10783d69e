import { rule } from '../../rule.ts'

export default rule({
  id: 'java/entities',
  languages: ['java'],
  cwe: ['CWE-611', 'CWE-827'],
  title: 'Lets an XML document name other files and addresses',
  needs: [
    'DocumentBuilder',
    'SAXParser',
    'XMLReader',
    'SAXReader',
    'SAXBuilder',
    'XMLInputFactory',
    'TransformerFactory',
    'SchemaFactory',
    'Unmarshaller',
    'parse(',
  ],
  where: function* (piece) {
    if (
      /disallow-doctype-decl|external-general-entities|ACCESS_EXTERNAL_DTD|SUPPORT_DTD|FEATURE_SECURE_PROCESSING|IS_SUPPORTING_EXTERNAL_ENTITIES|setExpandEntityReferences\(\s*false/.test(
        piece.code,
      )
    )
      return
    for (const { node, name, args } of piece.calls)
      if (
        /(?:DocumentBuilderFactory|SAXParserFactory|XMLInputFactory|TransformerFactory|SAXTransformerFactory)\.new(?:Instance|Factory)$|XMLReaderFactory\.createXMLReader$|^new (?:[\w.]+\.)?(?:SAXReader|SAXBuilder|SAXParser|DOMParser)$/.test(
          name,
        )
      )
        yield node
      else if (
        /^(?:\w*[pP]arser|\w*[rR]eader|\w*[bB]uilder|db|xr)\.parse$/.test(name) &&
        args.length > 0 &&
        /\b(?:org\.xml\.sax|javax\.xml|SAX\w*|XMLReader|DocumentBuilder|InputSource|DefaultHandler\w*)\b/.test(
          piece.code,
        )
      )
        yield node
  },
  vulnerable: [
    'class A { void f(InputStream in) throws Exception { DocumentBuilderFactory d = DocumentBuilderFactory.newInstance(); d.newDocumentBuilder().parse(in); } }',
  ],
  fixed: [
    'class A { void f(InputStream in) throws Exception { DocumentBuilderFactory d = DocumentBuilderFactory.newInstance(); d.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true); d.newDocumentBuilder().parse(in); } }',
  ],
})
