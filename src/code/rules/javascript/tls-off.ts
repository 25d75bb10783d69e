import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/tls-off',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-295'],
  title: 'Takes any certificate',
  needs: [
    'rejectUnauthorized',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'strictSSL',
    'insecure',
    'checkServerIdentity',
    'ignoreHTTPSErrors',
  ],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (
        /^['"]?(?:(?:rejectUnauthorized|strictSSL)['"]?\s*:\s*(?:false|0|!1)|(?:insecure|ignoreHTTPSErrors|acceptInsecureCerts)['"]?\s*:\s*true|checkServerIdentity['"]?\s*:\s*(?:\(.{0,40}\)|\w+|function.{0,30})\s*(?:=>)?\s*(?:\{\s*(?:return\s*(?:undefined|null|true)?;?\s*)?\}|undefined|null|true))/.test(
          shortly(node),
        )
      )
        yield node
    for (const node of piece.all('assignment_expression'))
      if (
        /NODE_TLS_REJECT_UNAUTHORIZED/.test(shortly(node.field('left'), 120)) &&
        /0/.test(shortly(node.field('right'), 20))
      )
        yield node
      else if (
        /\.rejectUnauthorized$/.test(shortly(node.field('left'), 120)) &&
        shortly(node.field('right'), 20) === 'false'
      )
        yield node
  },
  vulnerable: [
    'const agent = new https.Agent({ rejectUnauthorized: false })',
    "process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'",
  ],
  fixed: ['const agent = new https.Agent({ rejectUnauthorized: true })'],
})
