import { isFalse } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/tls-unverified',
  cwe: ['CWE-295'],
  languages: ['python'],
  title: 'Accepts any certificate',
  needs: ['verify', 'CERT_NONE', 'check_hostname', '_create_unverified_context', 'ssl', 'validate_certs', 'AllowAll'],
  where: function* (piece) {
    for (const { node, name, named } of piece.calls) {
      const off = [
        'verify',
        'verify_ssl',
        'ssl_verify',
        'verify_certs',
        'validate_cert',
        'validate_certs',
        'check_hostname',
      ].some(k => isFalse(named.get(k)))
      if (off && !/jwt|decode|jws/i.test(name)) yield node
      if (/aiohttp|TCPConnector|session\.(?:get|post)/.test(name) && isFalse(named.get('ssl'))) yield node
      if (/^(?:ssl\.)?_create_(?:unverified|stdlib)_context$/.test(name)) yield node
    }
    for (const node of piece.all('assignment')) {
      const text = node.text().slice(0, 160)
      if (
        /\.(?:check_hostname|verify)\s*=\s*False\b|_create_default_https_context\s*=\s*(?:ssl\.)?_create_unverified/.test(
          text,
        )
      )
        yield node
    }
    for (const node of piece.all('attribute'))
      if (/^ssl\.CERT_NONE$|\.VERIFY_NONE$/.test(node.text().slice(0, 60))) yield node
  },
  vulnerable: [
    "import requests\nr = requests.get('https://example.com', verify=False)\n",
    'import ssl\nctx = ssl.create_default_context()\nctx.check_hostname = False\nctx.verify_mode = ssl.CERT_NONE\n',
    'import ssl\nctx = ssl._create_unverified_context()\n',
  ],
  fixed: [
    "import requests\nr = requests.get('https://example.com', timeout=5)\n",
    'import ssl\nctx = ssl.create_default_context()\n',
    'import jwt\nclaims = jwt.decode(token, key, algorithms=[alg])\n',
  ],
})
