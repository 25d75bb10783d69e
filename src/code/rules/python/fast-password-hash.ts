import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const password = /passw(?:or)?d|\bpwd\b|passphrase|\bpw\b/i

export default rule({
  id: 'python/fast-password-hash',
  cwe: ['CWE-916', 'CWE-759', 'CWE-760'],
  languages: ['python'],
  title: 'Keeps a password under a fast hash or a salt that is always the same',
  needs: ['hash', 'pbkdf2', 'bcrypt', 'scrypt', 'crypt', 'sha', 'PBKDF2', 'Scrypt'],
  call: {
    name: /^(?:hashlib\.)?(?:sha(?:1|224|256|384|512)|md5|blake2[bs]|sha3_\d+|new|pbkdf2_hmac|scrypt)$|(?:^|\.)(?:gensalt|PBKDF2|PBKDF2HMAC|Scrypt|hashpw|bcrypt|crypt)$/,
    weak({ name, args, named, node }, piece) {
      if (name.endsWith('gensalt')) return /^[1-9]$/.test(shortly(args[0] ?? named.get('rounds')))
      if (/pbkdf2|PBKDF2|[sS]crypt|hashpw|crypt$/.test(name)) {
        const salt = named.get('salt') ?? (name.endsWith('hmac') ? args[2] : args[1])
        const { origin, text } = flowOf(salt, piece)
        const rounds = shortly(named.get('iterations') ?? (name.endsWith('hmac') ? args[3] : undefined))
        return (!!salt && origin === 'constant' && text !== '') || (/^\d{1,4}$/.test(rounds) && Number(rounds) < 10_000)
      }
      const said = shortly(args[0], 200)
      const scope = piece.names.scopeAt(node.range().start.index)
      const around = piece.code.slice(scope?.from ?? 0, scope?.to ?? 4000).slice(0, 4000)
      return password.test(said) && !/pbkdf2|range\(\s*\d{4,}/.test(around)
    },
  },
  vulnerable: [
    'import hashlib\ndef store(password):\n    return hashlib.sha256(password.encode()).hexdigest()\n',
    "from hashlib import pbkdf2_hmac\nh = pbkdf2_hmac('sha256', password, b'always the same', 100000)\n",
    "h = hashlib.pbkdf2_hmac('sha256', password, os.urandom(16), 1000)\n",
  ],
  fixed: [
    "import hashlib, os\nh = hashlib.pbkdf2_hmac('sha256', password, os.urandom(16), 600000)\n",
    'import hashlib\nh = hashlib.sha256(body).hexdigest()\n',
    'import bcrypt\nh = bcrypt.hashpw(password, bcrypt.gensalt(12))\n',
  ],
})
