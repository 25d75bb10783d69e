import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/react-markup',
  cwe: ['CWE-79'],
  title: 'Puts raw mark-up into a component',
  languages: ['javascript'],
  needs: ['dangerouslySetInnerHTML'],
  where: function* (piece) {
    for (const node of [...piece.all('jsx_attribute'), ...piece.all('pair')]) {
      const text = shortly(node, 2000)
      if (!/^['"]?dangerouslySetInnerHTML/.test(text) || /sanit|purif|escape/i.test(text)) continue
      const value = node.children().findLast(child => child.isNamed())
      if (value && !isConstant(value, piece) && !/__html:\s*(['"])[^'"]*\1\s*\}/.test(text)) yield node
    }
  },
  vulnerable: ['const A = ({ text }) => <div dangerouslySetInnerHTML={{ __html: text }} />'],
  fixed: [
    'const A = ({ text }) => <div>{text}</div>',
    'const A = ({ text }) => <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(text) }} />',
  ],
})
