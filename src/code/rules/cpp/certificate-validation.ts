import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const off = /^(?:0L?|false|FALSE|NULL|nullptr)$/
const none = /^(?:SSL_VERIFY_NONE|MBEDTLS_SSL_VERIFY_NONE|SSL_VERIFY_NONE_\w*|0|WOLFSSL_VERIFY_NONE)$/

export default rule({
  id: 'cpp/certificate-validation',
  cwe: ['CWE-295', 'CWE-297'],
  languages: ['cpp'],
  title: 'Accepts any certificate',
  needs: [
    'VERIFYPEER',
    'VERIFYHOST',
    'VERIFY_NONE',
    'verify_none',
    'VerifyNone',
    'ignoreSslErrors',
    'IGNORE_CERT',
    'set_verify',
    'setPeerVerifyMode',
  ],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const texts = args.map(a => shortly(a, 120))
      if (
        named('curl_easy_setopt').test(name) &&
        /^CURLOPT_(?:PROXY_)?SSL_VERIFY(?:PEER|HOST|STATUS)$/.test(texts[1] ?? '') &&
        off.test(texts[2] ?? '')
      )
        yield node
      if (named('(?:wolf)?SSL_(?:CTX_)?set_verify|mbedtls_ssl_conf_authmode').test(name) && none.test(texts[1] ?? ''))
        yield node
      if (/(?:set_verify_mode|setPeerVerifyMode)$/.test(name) && /verify_none|VerifyNone/.test(texts[0] ?? ''))
        yield node
      if (/ignoreSslErrors$/.test(name) && args.length === 0) yield node
    }
    for (const node of piece.all('identifier'))
      if (/^SECURITY_FLAG_IGNORE_(?:ALL_)?CERT\w*|^SECURITY_FLAG_IGNORE_UNKNOWN_CA$/.test(shortly(node, 60))) yield node
  },
  vulnerable: [
    'void open(CURL *c) {\n  curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);\n  curl_easy_perform(c);\n}\n',
    'void open(SSL_CTX *c) { SSL_CTX_set_verify(c, SSL_VERIFY_NONE, NULL); }\n',
  ],
  fixed: [
    'void open(CURL *c) {\n  curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);\n  curl_easy_perform(c);\n}\n',
    'void open(SSL_CTX *c) { SSL_CTX_set_verify(c, SSL_VERIFY_PEER, NULL); }\n',
  ],
})
