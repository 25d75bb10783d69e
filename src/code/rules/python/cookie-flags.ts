import { shortly } from '../../calls.ts'
import { isFalse, isTrue } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/cookie-flags',
  cwe: ['CWE-614', 'CWE-1004', 'CWE-319'],
  languages: ['python'],
  title: 'Sets a cookie that scripts and listeners can read',
  needs: ['set_cookie', 'COOKIE'],
  call: {
    name: /\.set_cookie$/,
    weak({ args, named, node }) {
      if (/\*\*/.test(shortly(node))) return false
      if (isFalse(named.get('secure')) || isFalse(named.get('httponly'))) return true
      const name = shortly(args[0] ?? named.get('key'))
      return (
        /sess|token|auth|sid|user|login|jwt|id\b/i.test(name) &&
        !(isTrue(named.get('secure')) && isTrue(named.get('httponly')))
      )
    },
  },
  where: function* (piece) {
    for (const node of piece.all('assignment'))
      if (
        /(?:SESSION|CSRF|REMEMBER)_COOKIE_(?:SECURE|HTTPONLY)["'\]]*$/.test(shortly(node.field('left'))) &&
        isFalse(node.field('right'))
      )
        yield node
  },
  vulnerable: [
    "response.set_cookie('session', value)\n",
    "response.set_cookie('a', value, secure=False)\n",
    'SESSION_COOKIE_SECURE = False\n',
  ],
  fixed: [
    "response.set_cookie('session', value, secure=True, httponly=True)\n",
    "response.set_cookie('theme', 'dark')\n",
  ],
})
