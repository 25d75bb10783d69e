import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'javascript/token-unchecked',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-347', 'CWE-345'],
  title: 'Believes a token whose signature nobody checked',
  needs: ['none', 'decode', 'ignoreExpiration', 'verify'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /^(?:jwt|jsonwebtoken|JWT)\.(?:sign|verify)$/.test(name) &&
        /\balgorithms?['"]?\s*:\s*\[?[^\]}]*['"]none['"]|ignoreExpiration['"]?\s*:\s*true/i.test(shortly(args[2], 800))
      )
        yield node
      if (
        /^(?:jwt|jsonwebtoken|JWT)\.verify$/.test(name) &&
        /^(?:null|''|""|undefined|false)$/.test(shortly(args[1], 20))
      )
        yield node
      if (
        /^(?:(?:jwt|jsonwebtoken|JWT|jose)\.decode|jwt_decode|jwtDecode|decodeJwt)$/.test(name) &&
        !/\bverify\w*\(/.test(around(node, piece))
      )
        yield node
    }
  },
  vulnerable: ['const user = jwt.decode(token)', "jwt.verify(token, key, { algorithms: ['none', 'HS256'] })"],
  fixed: ["const user = jwt.verify(token, key, { algorithms: ['HS256'] })"],
})
