import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const guards =
  /is_?(?:admin|auth\w*|staff|superuser|owner|logged)|permission|has_role|\brole\b|authenticat|authori[sz]|credential|password|check_|allowed|verify/i

export default rule({
  id: 'python/assert-guard',
  cwe: ['CWE-617', 'CWE-703'],
  languages: ['python'],
  title: 'Guards with a check that is switched off in production',
  needs: ['assert'],
  where: function* (piece) {
    for (const node of piece.all('assert_statement')) {
      const scope = piece.names.scopeAt(node.range().start.index)
      if (!scope || /^test|_test$|^check_/.test(scope.name)) continue
      const condition = shortly(node.namedChildren()[0], 200)
      const names = condition.match(/\b[a-z_]\w*\b/gi) ?? []
      const asked = node.namedChildren()[0]?.findAll({ rule: { kind: 'identifier' } }) ?? []
      const input = asked.slice(0, 8).some(n => flowOf(n, piece).origin === 'input')
      const inputNumber = names.some(n =>
        new RegExp(`\\b${n}\\s*=\\s*(?:int|float)\\((?:raw_)?input\\(`).test(piece.code),
      )
      if (guards.test(condition) || input || inputNumber) yield node
    }
  },
  vulnerable: [
    'def remove(user, row):\n    assert user.is_admin\n    row.delete()\n',
    "def f():\n    n = int(input('n'))\n    assert n > 0\n    return n\n",
  ],
  fixed: [
    'def remove(user, row):\n    if not user.is_admin:\n        raise PermissionError\n    row.delete()\n',
    'def f(a):\n    assert len(a) == 3\n',
  ],
})
