import { shortly } from '../../calls.ts'
import { isFalse } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/csrf-off',
  cwe: ['CWE-352'],
  languages: ['python'],
  title: 'Takes orders that other sites can give',
  needs: ['csrf', 'CSRF'],
  where: function* (piece) {
    for (const node of piece.all('decorator'))
      if (/^@(?:\w+\.)*csrf_exempt\b|^@csrf\.exempt\b/.test(shortly(node))) yield node
    for (const node of piece.all('assignment'))
      if (/WTF_CSRF_ENABLED["'\]]*$|^csrf_enabled$/.test(shortly(node.field('left'))) && isFalse(node.field('right')))
        yield node
    for (const { node, named } of piece.calls) if (isFalse(named.get('csrf_enabled'))) yield node
  },
  vulnerable: ['@csrf_exempt\ndef pay(request):\n    pass\n', "app.config['WTF_CSRF_ENABLED'] = False\n"],
  fixed: ['@csrf_protect\ndef pay(request):\n    pass\n', "app.config['WTF_CSRF_ENABLED'] = True\n"],
})
