import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/xml-entities',
  cwe: ['CWE-611', 'CWE-776'],
  languages: ['cpp'],
  title: 'Reads XML that may name files and addresses',
  needs: ['XML_PARSE_', 'xmlSubstituteEntities', 'xmlLoadExtDtd', 'DisableDefaultEntityResolution', 'replaceEntities'],
  where: function* (piece) {
    for (const node of piece.all('identifier'))
      if (/^XML_PARSE_(?:NOENT|DTDLOAD|DTDATTR|DTDVALID)$/.test(shortly(node, 40))) yield node
    for (const { node, name, args } of piece.calls) {
      const first = shortly(args[0], 20)
      if (named('xmlSubstituteEntitiesDefault').test(name) && first !== '0') yield node
      if (/setDisableDefaultEntityResolution$/.test(name) && first === 'false') yield node
    }
  },
  vulnerable: [
    'xmlDocPtr load(const char *path) { return xmlReadFile(path, NULL, XML_PARSE_NOENT | XML_PARSE_DTDLOAD); }\n',
  ],
  fixed: ['xmlDocPtr load(const char *path) { return xmlReadFile(path, NULL, XML_PARSE_NONET); }\n'],
})
