import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/token-validation',
  cwe: ['CWE-347', 'CWE-345', 'CWE-287'],
  languages: ['go'],
  title: 'Accepts tokens that nobody signed',
  needs: ['jwt.'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/\.ParseUnverified$|^jwt\.WithoutClaimsValidation$/.test(name)) yield node
      const key = args.at(-1)
      if (
        /^jwt\.Parse(?:WithClaims)?$/.test(name) &&
        key?.kind() === 'func_literal' &&
        !/\.Method\b|Alg\(\)|SigningMethod/.test(shortly(key, 4000)) &&
        !/WithValidMethods/.test(piece.code)
      )
        yield node
    }
    for (const node of piece.all('selector_expression'))
      if (/^jwt\.(?:SigningMethodNone|UnsafeAllowNoneSignatureType)$/.test(shortly(node, 60))) yield node
  },
  vulnerable: [
    'package main\n\nfunc read(s string) (*jwt.Token, error) {\n\treturn jwt.Parse(s, func(t *jwt.Token) (interface{}, error) { return key, nil })\n}\n',
  ],
  fixed: [
    'package main\n\nfunc read(s string) (*jwt.Token, error) {\n\treturn jwt.Parse(s, func(t *jwt.Token) (interface{}, error) {\n\t\tif _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {\n\t\t\treturn nil, errMethod\n\t\t}\n\t\treturn key, nil\n\t})\n}\n',
  ],
})
