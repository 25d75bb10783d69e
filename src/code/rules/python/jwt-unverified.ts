import { isFalse } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/jwt-unverified',
  cwe: ['CWE-347', 'CWE-345'],
  languages: ['python'],
  title: 'Believes a token without its signature',
  needs: ['jwt', 'jws', 'JWT'],
  call: {
    name: /(?:^|\.)(?:decode|encode|process_jwt|get_unverified_claims|get_unverified_header|verify_jwt)$/,
    weak({ name, named, args, node }, piece) {
      if (/process_jwt|get_unverified_claims/.test(name)) return !/verify_jwt/.test(piece.code)
      if (!/jwt|jws/i.test(name)) return false
      const text = node.text().slice(0, 600)
      if (/["']none["']/i.test(text)) return true
      if (!name.endsWith('decode')) return false
      return isFalse(named.get('verify')) || isFalse(args[2]) || /["']verify_signature["']\s*:\s*False/.test(text)
    },
  },
  vulnerable: [
    'import jwt\nclaims = jwt.decode(token, verify=False)\n',
    "claims = jwt.decode(token, options={'verify_signature': False})\n",
    'import python_jwt as jwt\ndef f(t):\n    return jwt.process_jwt(t)\n',
    "t = jwt.encode(claims, None, algorithm='none')\n",
  ],
  fixed: ["import jwt\nclaims = jwt.decode(token, key, algorithms=['RS256'])\n"],
})
