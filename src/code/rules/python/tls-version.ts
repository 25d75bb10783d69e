import { rule } from '../../rule.ts'

export default rule({
  id: 'python/tls-version',
  cwe: ['CWE-327', 'CWE-326'],
  languages: ['python'],
  title: 'Speaks a broken version of TLS',
  needs: ['ssl', 'SSL', 'TLSv1'],
  where: function* (piece) {
    for (const node of piece.all('attribute'))
      if (
        /\.(?:PROTOCOL_(?:SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)|SSLv[23]_METHOD|SSLv23_METHOD|TLSv1(?:_1)?_METHOD|TLSVersion\.(?:SSLv3|TLSv1|TLSv1_1))$/.test(
          node.text().slice(-60),
        )
      )
        yield node
    for (const { node, name, named } of piece.calls)
      if (name === 'ssl.wrap_socket' && !named.has('ssl_version')) yield node
  },
  vulnerable: [
    'import ssl\nctx = ssl.SSLContext(ssl.PROTOCOL_TLSv1)\n',
    'import ssl\ns = ssl.wrap_socket(sock)\n',
    'ctx = SSL.Context(SSL.SSLv3_METHOD)\n',
  ],
  fixed: [
    'import ssl\nctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n',
    'import ssl\ns = ssl.create_default_context().wrap_socket(sock, server_hostname=host)\n',
  ],
})
