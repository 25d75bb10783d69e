import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { around } from '../../web.ts'

const safe = /__proto__|prototype|constructor|Object\.create\(null\)|hasOwn|new Map/
function functionName(node: Tree): Tree | null {
  let at = node.parent()
  for (let step = 0; at && step < 12; step++, at = at.parent()) {
    if (/^(?:function_declaration|method_definition)$/.test(String(at.kind()))) return at.field('name')
    if (at.kind() === 'variable_declarator') return at.field('name')
  }
  return null
}

export default rule({
  id: 'javascript/prototype',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-1321', 'CWE-915'],
  title: 'Lets data change what all objects inherit',
  needs: ['merge', 'extend', 'for', 'defaultsDeep', 'setWith', '_.set'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^(?:_|lodash)\.(?:merge|mergeWith|defaultsDeep|set|setWith|zipObjectDeep)$|^(?:\$|jQuery)\.extend$|^(?:merge|deepmerge|deepMerge|extend|defaultsDeep)$/.test(
          name,
        ) &&
        args.some(arg => isInput(arg, piece))
      )
        yield node
    for (const node of piece.all('for_in_statement')) {
      const text = shortly(node, 4000)
      const key = /^for\s*\(\s*(?:const|let|var)?\s*(\w+)\s+(?:in|of)\b/.exec(text)?.[1]
      if (!key || safe.test(around(node, piece))) continue
      const own = shortly(functionName(node), 80)
      if (
        own &&
        text.includes(`${own}(`) &&
        text.includes(`[${key}]`) &&
        new RegExp(`\\w\\[${key}\\]\\s*=[^=]`).test(text)
      )
        yield node
    }
  },
  vulnerable: [
    'function merge(a, b) { for (const k in b) { if (typeof b[k] === "object") merge(a[k], b[k]); else a[k] = b[k] } return a }',
    "app.post('/', (req, res) => { _.merge(settings, req.body) })",
  ],
  fixed: [
    'function merge(a, b) { for (const k in b) { if (k === "__proto__" || k === "constructor") continue; if (typeof b[k] === "object") merge(a[k], b[k]); else a[k] = b[k] } return a }',
  ],
})
