import { localArray, placeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/local-address',
  cwe: ['CWE-562', 'CWE-416', 'CWE-825'],
  languages: ['cpp'],
  title: 'Gives away memory that ends with the function',
  needs: ['return'],
  pattern: { rule: { kind: 'return_statement' } },
  weak: (node, piece) => {
    const value = node.namedChildren()[0]
    if (value?.kind() !== 'identifier') return false
    const name = placeOf(value)
    if (localArray(name, piece, node) === null) return false
    const declared = new RegExp(
      `\\bstatic\\b[^;]{0,80}\\b${name}\\s*\\[|\\b(?:std::)?(?:string|array|vector)\\b[^;]{0,40}\\b${name}\\s*\\[`,
    )
    return !declared.test(piece.code) && shortly(value) !== ''
  },
  vulnerable: ['char *label(int n) {\n  char text[32];\n  snprintf(text, sizeof text, "%d", n);\n  return text;\n}\n'],
  fixed: [
    'char *label(int n) {\n  static char text[32];\n  snprintf(text, sizeof text, "%d", n);\n  return text;\n}\n',
  ],
})
