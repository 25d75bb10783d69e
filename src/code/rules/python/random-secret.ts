import { shortly } from '../../calls.ts'
import { heldIn } from '../../python.ts'
import { rule } from '../../rule.ts'

const secret =
  /passw|pwd|secret|token|nonce|salt|otp\b|_otp|otp_|session|csrf|captcha|api_?key|private|crypt|credential|\bkey\b|_key\b|\biv\b|\bpin\b|verification|unpredictable|uuid|invite|coupon/i

export default rule({
  id: 'python/random-secret',
  cwe: ['CWE-338', 'CWE-330', 'CWE-331'],
  languages: ['python'],
  title: 'Draws a secret from a generator that can be predicted',
  needs: ['rand', 'choice', 'sample'],
  call: {
    name: /^(?:random\.)?(?:random|randint|randrange|choice|choices|sample|getrandbits|shuffle|uniform|randbytes|seed)$|^(?:np|numpy)\.random\.(?:randint|choice|bytes|rand)$/,
    weak({ name, node, args, named }, piece) {
      if (/SystemRandom|secrets\.|from secrets import/.test(piece.code)) return false
      if (/^(?:choice|choices|sample)$/.test(name) && !/from random import|import random/.test(piece.code)) return false
      const drawn = shortly(args[0] ?? named.get('k')).slice(0, 200)
      if (
        /string\.(?:ascii|letters|digits|hexdigits|printable|punctuation|uppercase|lowercase)|ascii_letters|ascii_uppercase|['"](?:abcdef|ABCDEF|0123456789)/.test(
          drawn,
        )
      )
        return true
      const scope = piece.names.scopeAt(node.range().start.index)
      return secret.test(heldIn(node)) || secret.test(scope?.name ?? '')
    },
  },
  vulnerable: [
    "import random, string\ntoken = ''.join(random.choice(string.ascii_letters) for _ in range(20))\n",
    'import random\ndef make_token():\n    return random.getrandbits(64)\n',
    'import random\nsalt = random.randint(1, 99)\n',
  ],
  fixed: [
    'import secrets\ntoken = secrets.token_urlsafe(20)\n',
    "import random\nsteps = random.choice(['left', 'right'])\n",
    "import random, string\nrng = random.SystemRandom()\npassword = ''.join(rng.choice(string.ascii_letters) for _ in range(20))\n",
  ],
})
