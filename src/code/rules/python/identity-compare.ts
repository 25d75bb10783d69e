import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/identity-compare',
  cwe: ['CWE-595'],
  languages: ['python'],
  title: 'Asks whether two values are the same object',
  needs: [' is '],
  where: function* (piece) {
    for (const node of piece.all('comparison_operator')) {
      if (!/^is(?: not)?$/.test(node.child(1)?.text() ?? '')) continue
      const at = node.range().start.index
      const scope = piece.names.scopeAt(at)
      const [left, right] = [shortly(node.child(0)), shortly(node.child(2))]
      if (scope?.parameters.has(left) && scope.parameters.has(right)) yield node
      else if (/^["'\d]/.test(right)) yield node
    }
  },
  vulnerable: ['def same(a, b):\n    return a is b\n', "def f(x):\n    return x is 'admin'\n"],
  fixed: ['def same(a, b):\n    return a == b\n', 'def f(x):\n    return x is None\n'],
})
