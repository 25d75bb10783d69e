import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/old-tls',
  cwe: ['CWE-327', 'CWE-326', 'CWE-757'],
  languages: ['csharp'],
  title: 'A version of TLS that is broken',
  needs: ['Protocol'],
  where: piece =>
    piece
      .all('member_access_expression')
      .filter(
        n =>
          /(?:^|\.)(?:SecurityProtocolType|SslProtocols)\.(?:Ssl[23]|Tls|Tls11|Default)$/.test(shortly(n, 80)) &&
          !/-=\s*$|~\s*$/.test(piece.code.slice(Math.max(0, n.range().start.index - 4), n.range().start.index)),
      ),
  vulnerable: ['ServicePointManager.SecurityProtocol = SecurityProtocolType.Ssl3;\n'],
  fixed: ['ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12 | SecurityProtocolType.Tls13;\n'],
})
