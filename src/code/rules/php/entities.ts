import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/entities',
  languages: ['php'],
  cwe: ['CWE-611', 'CWE-827'],
  title: 'Lets an XML document name other files and addresses',
  needs: ['LIBXML_NOENT', 'LIBXML_DTDLOAD', 'libxml_disable_entity_loader', 'substituteEntities', 'resolveExternals'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (args.some(arg => /LIBXML_(?:NOENT|DTDLOAD)/.test(shortly(arg)))) yield node
      else if (/libxml_disable_entity_loader$/.test(name) && /^false$/i.test(shortly(args[0], 8))) yield node
    for (const node of piece.all('assignment_expression'))
      if (/->(?:substituteEntities|resolveExternals)\s*=\s*true$/i.test(shortly(node))) yield node
  },
  vulnerable: ['<?php $d = simplexml_load_string($x, "SimpleXMLElement", LIBXML_NOENT);'],
  fixed: ['<?php $d = simplexml_load_string($x);'],
})
