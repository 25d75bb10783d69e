import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const secret =
  /(?:^|[._a-z])(?:pass(?:word|wd)?(?:Hash)?|secret|token|signature|digest|hmac|mac|api_?key|csrf\w*|otp|hash(?:ed\w*)?)\]?(?:\(\))?$/i
/** Values that are no secret whatever their name. */
const plain =
  /^(?:null|undefined|true|false|-?\d+|location\.hash|window\.location\.hash|typeof\b.*|.*\.(?:length|type|kind|status))$/

export default rule({
  id: 'javascript/timing',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-208', 'CWE-203'],
  title: 'Compares a secret in a time that tells how much of it is right',
  where: function* (piece) {
    for (const node of piece.all('binary_expression')) {
      const operator = shortly(node.field('operator') ?? node.child(1), 8)
      if (!/^[!=]==?$/.test(operator)) continue
      const sides = [node.field('left'), node.field('right')]
      if (
        sides.some(
          side =>
            !side ||
            plain.test(shortly(side, 200)) ||
            shortly(side, 200) === '' ||
            /^(?:string|number|template_string|unary_expression|true|false|null|undefined|object|array)$/.test(
              String(side.kind()),
            ),
        )
      )
        continue
      if (sides.some(side => secret.test(shortly(side, 200)))) yield node
    }
  },
  vulnerable: ['if (token === user.apiToken) grant()', 'const ok = digest === req.headers.signature'],
  fixed: [
    'if (crypto.timingSafeEqual(Buffer.from(token), Buffer.from(user.apiToken))) grant()',
    'if (token === undefined) fail()',
    'if (name === user.name) grant()',
  ],
})
