import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'java/token-unchecked',
  languages: ['java'],
  cwe: ['CWE-347', 'CWE-345'],
  title: 'Believes a token whose signature nobody checked',
  needs: ['JWT', 'Jwts', 'parseClaimsJwt', 'Algorithm.none'],
  call: {
    name: /^(?:[\w.]*)Algorithm\.none$|\.parseClaimsJwt$|^JWT\.decode$|Jwts\.parser\(\)\.parse$|parser\(\)\.unsecured$|\.setAllowedClockSkewSeconds$/,
    weak: ({ name, node }, piece) => !/JWT\.decode/.test(name) || !/\.verify\(|require\(/.test(around(node, piece)),
  },
  vulnerable: [
    'class A { void f(String t) { DecodedJWT j = JWT.decode(t); use(j.getSubject()); } }',
    'class A { void f(String t) { Jwts.parser().setSigningKey(k).parseClaimsJwt(t); } }',
  ],
  fixed: ['class A { void f(String t) { DecodedJWT j = JWT.require(Algorithm.HMAC256(key)).build().verify(t); } }'],
})
