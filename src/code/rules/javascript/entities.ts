import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/entities',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-611', 'CWE-827'],
  title: 'Lets an XML document name other files and addresses',
  needs: ['noent', 'replaceEntities', 'resolveEntities', 'processEntities'],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (/^['"]?(?:noent|replaceEntities|resolveEntities|dtdload|dtdvalid)['"]?\s*:\s*true/.test(shortly(node)))
        yield node
  },
  vulnerable: ['libxmljs.parseXml(req.body.xml, { noent: true })'],
  fixed: ['libxmljs.parseXml(req.body.xml, { noent: false })'],
})
