import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

const broken =
  /^(?:hashlib\.)?(?:md5|sha1|md4|sha)(?:\.new)?$|(?:^|\.)(?:MD5|MD4|MD2|SHA1|SHA|RIPEMD)\.new$|(?:^|\.)hashes\.(?:MD5|SHA1)$/

export default rule({
  id: 'python/weak-hash',
  cwe: ['CWE-328', 'CWE-327'],
  languages: ['python'],
  title: 'Hashes with a broken function',
  needs: ['md5', 'sha', 'MD5', 'SHA', 'md4', 'MD4', 'MD2'],
  call: {
    name: /(?:^|\.)(?:md5|sha1|md4|sha|new|MD5|SHA1|pbkdf2_hmac|HMAC)(?:\.new)?$/,
    weak({ name, args, named, node }) {
      if (named.get('usedforsecurity')?.text() === 'False') return false
      if (broken.test(name)) return true
      const chosen = literal(args[0]) ?? literal(named.get('name'))
      if (chosen !== null && /^(?:hashlib\.)?(?:new|pbkdf2_hmac)$/.test(name))
        return /^(?:md[245]|sha-?1?)$/i.test(chosen)
      return (
        /^hmac\.(?:new|HMAC)$/.test(name) &&
        /,\s*(?:digestmod\s*=\s*)?(?:hashlib\.)?["']?(?:md5|sha1)\b(?!\s*\()/.test(node.text().slice(0, 400))
      )
    },
  },
  vulnerable: [
    'import hashlib\ndigest = hashlib.md5(data).hexdigest()\n',
    "import hashlib\nh = hashlib.new('sha1')\n",
    'import hmac, hashlib\nmac = hmac.new(key, body, hashlib.md5)\n',
    'from Crypto.Hash import MD5\nh = MD5.new()\n',
  ],
  fixed: [
    'import hashlib\ndigest = hashlib.sha256(data).hexdigest()\n',
    "import hashlib\nh = hashlib.new('sha3_256')\n",
    'import hmac, hashlib\nmac = hmac.new(key, body, hashlib.sha512)\n',
    'import hashlib\netag = hashlib.md5(data, usedforsecurity=False).hexdigest()\n',
  ],
})
