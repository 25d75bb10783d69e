import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const changes = /^(?:push_back|push_front|insert|erase|emplace|emplace_back|clear|resize|pop_back|remove|reserve)$/

/** What a loop walks over; null when it is no walk over a container. */
function walked(loop: Tree, piece: Piece): string | null {
  if (loop.kind() === 'for_range_loop') return shortly(loop.field('right'), 80)
  const { start } = loop.range()
  const head = piece.code.slice(start.index, start.index + 300)
  return /([A-Za-z_][\w.>-]{0,80}?)(?:\.|->)c?begin\(\)/.exec(head)?.[1] ?? null
}

function unsafe(loop: Tree, piece: Piece): boolean {
  const name = walked(loop, piece)
  const body = loop.field('body')
  if (!name || !body) return false
  const { start, end } = body.range()
  return piece.calls.some(({ node, name: called }) => {
    const at = node.range()
    if (at.start.index < start.index || at.end.index > end.index) return false
    const method = /^(.*?)(?:\.|->)(\w+)$/.exec(called)
    if (!method || method[1] !== name || !changes.test(method[2]!)) return false
    const whole = node.parent()
    // `it = c.erase(it)` goes on with what stays; a loop that is left at once walks no further.
    if (whole?.kind() !== 'expression_statement') return false
    const after = piece.code.slice(at.end.index, at.end.index + 80)
    return !/^\s*;\s*(?:break|return|goto|throw)\b/.test(after) && !/\w\+\+\s*\)$/.test(shortly(node))
  })
}

export default rule({
  id: 'cpp/changed-while-walked',
  cwe: ['CWE-416', 'CWE-672'],
  languages: ['cpp'],
  title: 'Changes a container while walking over it',
  needs: ['begin()', 'for ', 'for('],
  where: piece => piece.all('for_range_loop', 'for_statement').filter(loop => unsafe(loop, piece)),
  vulnerable: [
    'void drop(std::vector<int> &v) {\n  for (auto it = v.begin(); it != v.end(); ++it) {\n    if (*it == 0) v.erase(it);\n  }\n}\n',
    'void grow(std::vector<int> &v) {\n  for (int x : v) { v.push_back(x); }\n}\n',
  ],
  fixed: [
    'void drop(std::vector<int> &v) {\n  for (auto it = v.begin(); it != v.end();) {\n    if (*it == 0) it = v.erase(it);\n    else ++it;\n  }\n}\n',
    'void grow(std::vector<int> &v, std::vector<int> &w) {\n  for (int x : v) { w.push_back(x); }\n}\n',
  ],
})
