import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/entities',
  languages: ['ruby'],
  cwe: ['CWE-611', 'CWE-827'],
  title: 'Lets an XML document name other files and addresses',
  needs: ['Nokogiri', 'noent', 'NOENT', 'DTDLOAD', 'LibXML', 'default_substitute_entities'],
  where: function* (piece) {
    for (const node of piece.all('call'))
      if (/^(?:config|c|cfg|options|opts)\.(?:noent|dtdload)$/.test(shortly(node, 40))) yield node
    for (const node of piece.all('scope_resolution'))
      if (/ParseOptions::(?:NOENT|DTDLOAD|DEFAULT_XML\s*\|\s*NOENT)$/.test(shortly(node, 80))) yield node
    for (const node of piece.all('assignment'))
      if (/default_substitute_entities\s*=\s*true/.test(shortly(node))) yield node
  },
  vulnerable: [
    'Nokogiri::XML(text) { |config| config.noent }',
    'Nokogiri::XML(text, nil, nil, Nokogiri::XML::ParseOptions::NOENT)',
  ],
  fixed: ['Nokogiri::XML(text) { |config| config.nonet }'],
})
