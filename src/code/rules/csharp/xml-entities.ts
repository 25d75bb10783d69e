import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

/** Said anywhere in the piece: documents may name nothing outside themselves. */
const closed =
  /XmlResolver\s*=\s*null|DtdProcessing\s*=\s*(?:\w+\.)*DtdProcessing\.(?:Prohibit|Ignore)|ProhibitDtd\s*=\s*true|XmlSecureResolver/

export default rule({
  id: 'csharp/xml-entities',
  cwe: ['CWE-611', 'CWE-776', 'CWE-827'],
  languages: ['csharp'],
  title: 'Reads XML that may name files and addresses',
  needs: ['Xml', 'Dtd', 'XPathDocument'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece)) {
      const text = shortly(value)
      if (lastPart(name) === 'DtdProcessing' && /DtdProcessing\.Parse$/.test(text)) yield node
      if (lastPart(name) === 'ProhibitDtd' && text === 'false') yield node
      if (lastPart(name) === 'XmlResolver' && /XmlUrlResolver|XmlPreloadedResolver/.test(text)) yield node
    }
    if (closed.test(piece.code)) return
    const documents = new Set<string>()
    for (const { name, value } of settingsOf(piece))
      if (/^new\s+(?:[\w.]+\.)?XmlDocument\b/.test(shortly(value))) documents.add(lastPart(name))
    for (const { node, name, args } of piece.calls) {
      const outside = args[0] !== undefined && !isConstant(args[0], piece)
      if (
        /(?:^|\.)XmlReader\.Create$|^new (?:[\w.]+\.)?(?:XmlTextReader|XmlValidatingReader|XPathDocument)$/.test(
          name,
        ) &&
        outside
      )
        yield node
      const [, on, method] = /(\w+)\.(Load|LoadXml)$/.exec(name) ?? []
      if (
        method &&
        outside &&
        (documents.has(on!) || /^(?:xml|xd|doc|xmlDoc|document|xmlDocument|xdoc)$/i.test(on!)) &&
        !/XDocument|HtmlDocument/.test(piece.code)
      )
        yield node
    }
  },
  vulnerable: [
    'public void Read(string xml) {\n  var doc = new XmlDocument();\n  doc.LoadXml(xml);\n}\n',
    'public void Read(Stream s) {\n  var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse };\n  var reader = XmlReader.Create(s, settings);\n}\n',
  ],
  fixed: [
    'public void Read(string xml) {\n  var doc = new XmlDocument { XmlResolver = null };\n  doc.LoadXml(xml);\n}\n',
    'public void Read(Stream s) {\n  var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };\n  var reader = XmlReader.Create(s, settings);\n}\n',
  ],
})
