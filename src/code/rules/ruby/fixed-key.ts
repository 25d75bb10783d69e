import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText, literalOf } from '../../web.ts'

export default rule({
  id: 'ruby/fixed-key',
  languages: ['ruby'],
  cwe: ['CWE-321', 'CWE-329', 'CWE-798'],
  title: 'Encrypts or signs with a key or a vector that stands in the code',
  needs: ['key', 'iv', 'JWT', 'HMAC', 'secret'],
  where: function* (piece) {
    for (const node of piece.all('assignment')) {
      if (
        /\.(?:key|iv)$/.test(shortly(node.field('left'), 60)) &&
        fixedText(node.field('right'), piece) !== null &&
        /cipher|crypt|aes/i.test(piece.code)
      )
        yield node
      else if (/(?:^|[._])secret_key_base$/.test(shortly(node.field('left'), 80)) && literalOf(node.field('right')))
        yield node
    }
    for (const { node, name, args } of piece.calls) {
      if (/^JWT\.(?:encode|decode)$/.test(name) && args[1] && fixedText(args[1], piece) !== null) yield node
      if (/OpenSSL::HMAC\.(?:hex)?digest$/.test(name) && args[1] && fixedText(args[1], piece) !== null) yield node
    }
  },
  vulnerable: [
    "c = OpenSSL::Cipher.new('aes-256-cbc')\nc.key = '0123456789abcdef0123456789abcdef'",
    "t = JWT.encode(p, 'my-secret', 'HS256')",
  ],
  fixed: [
    "c = OpenSSL::Cipher.new('aes-256-cbc')\nc.key = ENV.fetch('KEY')",
    "t = JWT.encode(p, ENV['SECRET'], 'HS256')",
  ],
})
