import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const secret = /(?:\bhmac|signature|\bmac|_mac|digest\(\)|_hash|hash_|password|passwd|pwd?|secret|token|api_?key|_pw)$/i

export default rule({
  id: 'python/timing-compare',
  cwe: ['CWE-208', 'CWE-385'],
  languages: ['python'],
  title: 'Compares a secret in a time that tells how much was right',
  needs: ['digest', 'signature', 'hmac', 'passw', 'pw'],
  where: function* (piece) {
    if (/compare_digest/.test(piece.code)) return
    for (const node of piece.all('comparison_operator')) {
      if (!/^[!=]=$/.test(node.child(1)?.text() ?? '')) continue
      const sides = [node.child(0), node.child(2)].map(side => shortly(side, 120))
      if (
        sides.some(s =>
          /(?:hmac\.new\(|\bhmac\b).*digest\(\)$|^(?:\w+\.)?(?:signature|expected_sig\w*|hmac\w*|mac)$/i.test(s),
        ) &&
        !sides.some(s => /^(?:None|["'].*|\d+)$/.test(s))
      )
        yield node
      else if (sides.every(s => /\[\w+\]$/.test(s) && secret.test(s.replace(/\[\w+\]$/, '')))) yield node
    }
  },
  vulnerable: [
    'def f(body, signature):\n    mac = hmac.new(KEY, body, hashlib.sha256).hexdigest()\n    return mac == signature\n',
    'def same(real_pw, given_pw):\n    for i in range(len(real_pw)):\n        if real_pw[i] != given_pw[i]:\n            return False\n',
  ],
  fixed: [
    'def f(body, signature):\n    mac = hmac.new(KEY, body, hashlib.sha256).hexdigest()\n    return hmac.compare_digest(mac, signature)\n',
  ],
})
