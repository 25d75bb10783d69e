import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'php/address-as-identity',
  languages: ['php'],
  cwe: ['CWE-290', 'CWE-348', 'CWE-291'],
  title: 'Takes the address or a header of the visitor for who they are',
  needs: ['REMOTE_ADDR', 'REMOTE_HOST', 'HTTP_X_FORWARDED_FOR', 'HTTP_CLIENT_IP', 'HTTP_REFERER'],
  where: function* (piece) {
    for (const node of piece.all('subscript_expression'))
      if (
        /^\$_(?:SERVER|ENV)\s*\[\s*['"](?:REMOTE_ADDR|REMOTE_HOST|HTTP_X_FORWARDED_FOR|HTTP_CLIENT_IP|HTTP_X_REAL_IP)['"]\s*\]$/.test(
          shortly(node, 80),
        )
      )
        yield node
      else if (
        /^\$_SERVER\s*\[\s*['"]HTTP_REFERER/.test(shortly(node, 80)) &&
        /if\s*\([^;{]{0,200}$/.test(before(node, piece).slice(-240))
      )
        yield node
  },
  vulnerable: ['<?php if ($_SERVER["REMOTE_ADDR"] == "10.0.0.1") { admin(); }'],
  fixed: ['<?php if ($user->isAdmin()) { admin(); }'],
})
