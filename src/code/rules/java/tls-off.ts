import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'java/tls-off',
  languages: ['java'],
  cwe: ['CWE-295', 'CWE-297'],
  title: 'Takes any certificate or any host',
  needs: [
    'HostnameVerifier',
    'checkServerTrusted',
    'ALLOW_ALL',
    'TrustAll',
    'TrustSelfSigned',
    'SSLSocketFactory',
    'proceed',
    'InsecureTrustManager',
    'hostnameVerifier',
    'disableHtmlEscaping',
  ],
  where: function* (piece) {
    for (const node of piece.all('method_declaration')) {
      const name = shortly(node.field('name'), 60)
      const body = shortly(node.field('body'), 400).replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
      if (/^check(?:Server|Client)Trusted$/.test(name) && /^\{\s*(?:return\s*;)?\s*\}$/.test(body)) yield node
      if (
        name === 'verify' &&
        /HostnameVerifier|SSLSession/.test(piece.code) &&
        /^\{\s*return\s+true\s*;\s*\}$/.test(body)
      )
        yield node
    }
    for (const node of piece.all('field_access', 'scoped_identifier', 'identifier', 'type_identifier'))
      if (
        /^(?:[\w.]*\.)?(?:ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|AllowAllHostnameVerifier|NullHostnameVerifier|InsecureTrustManagerFactory|TrustAllStrategy|TrustSelfSignedStrategy)$/.test(
          shortly(node, 120),
        ) &&
        !/^import/.test(shortly(node.parent(), 200).slice(0, 0))
      )
        yield node
    for (const { node, name, args } of piece.calls) {
      if (
        /\.(?:setHostnameVerifier|setDefaultHostnameVerifier|hostnameVerifier)$/.test(name) &&
        /->\s*(?:true|\{\s*return\s+true;?\s*\})$/.test(shortly(args.at(-1)))
      )
        yield node
      if (/handler\.proceed$/i.test(name) && /onReceivedSslError/.test(around(node, piece))) yield node
    }
  },
  vulnerable: [
    'class T implements X509TrustManager { public void checkServerTrusted(X509Certificate[] c, String a) {} }',
    'class A { void f(HttpsURLConnection c) { c.setHostnameVerifier((h, s) -> true); } }',
    'class A { Object f() { return NoopHostnameVerifier.INSTANCE; } }',
  ],
  fixed: [
    'class T implements X509TrustManager { public void checkServerTrusted(X509Certificate[] c, String a) throws CertificateException { inner.checkServerTrusted(c, a); } }',
  ],
})
