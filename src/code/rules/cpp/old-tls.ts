import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/old-tls',
  cwe: ['CWE-327', 'CWE-326', 'CWE-757'],
  languages: ['cpp'],
  title: 'A version of TLS or a cipher suite that is broken',
  needs: ['SSLv', 'TLSv1', 'TLS1_', 'cipher_list', 'SSLVERSION', 'sslv', 'tlsv1', 'SSL3_VERSION'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const texts = args.map(a => shortly(a, 200))
      if (named('(?:wolf)?(?:SSLv[23]|TLSv1|TLSv1_1)_(?:client_|server_)?method').test(name) && !/SSLv23/.test(name))
        yield node
      if (/set_min_proto_version$/.test(name) && /^(?:SSL3_VERSION|TLS1_VERSION|TLS1_1_VERSION)$/.test(texts[1] ?? ''))
        yield node
      if (
        /set_cipher_list$/.test(name) &&
        /(?:^|[:"+])(?:e?NULL|aNULL|RC4|DES|EXPORT|EXP|LOW|MD5|3DES)\b/.test(texts[1] ?? '')
      )
        yield node
      if (named('curl_easy_setopt').test(name) && /^CURL_SSLVERSION_(?:SSLv[23]|TLSv1_[01])$/.test(texts[2] ?? ''))
        yield node
    }
    for (const node of piece.all('qualified_identifier'))
      if (/ssl::context::(?:sslv[23]|tlsv1|tlsv11)(?:_client|_server)?$/.test(shortly(node, 80))) yield node
  },
  vulnerable: ['SSL_CTX *make(void) { return SSL_CTX_new(SSLv3_client_method()); }\n'],
  fixed: ['SSL_CTX *make(void) { return SSL_CTX_new(TLS_client_method()); }\n'],
})
