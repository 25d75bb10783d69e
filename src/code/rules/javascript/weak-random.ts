import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/weak-random',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-338', 'CWE-330'],
  title: 'Draws from a generator that can be foretold',
  needs: ['Math', 'pseudoRandomBytes'],
  where: function* (piece) {
    for (const node of piece.all('member_expression'))
      if (/^(?:Math\.random|crypto\.pseudoRandomBytes)$/.test(shortly(node, 40))) yield node
  },
  vulnerable: ['const token = Math.random().toString(36).slice(2)', 'crypto.pseudoRandomBytes(16)'],
  fixed: ["const token = crypto.randomBytes(16).toString('hex')", 'const n = crypto.randomInt(10)'],
})
