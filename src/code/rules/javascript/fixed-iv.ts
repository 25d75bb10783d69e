import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { still } from '../../web.ts'

export default rule({
  id: 'javascript/fixed-iv',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-329', 'CWE-1204', 'CWE-323'],
  title: 'Begins every encryption with the same vector',
  needs: ['Cipheriv', 'iv'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /(?:^|\.)createCipheriv$/.test(name) &&
        args[2] &&
        !/^null$|^''$/.test(shortly(args[2])) &&
        still(args[2], piece)
      )
        yield node
      else if (
        /^CryptoJS\.\w+\.encrypt$/.test(name) &&
        /\biv\s*:\s*CryptoJS\.enc\.\w+\.parse\(\s*['"]/.test(shortly(args[2], 800))
      )
        yield node
  },
  vulnerable: [
    "const iv = Buffer.alloc(16, 0)\nconst c = crypto.createCipheriv('aes-256-cbc', key, iv)",
    "crypto.createCipheriv('aes-256-cbc', key, '1234567890123456')",
  ],
  fixed: ["const iv = crypto.randomBytes(16)\nconst c = crypto.createCipheriv('aes-256-cbc', key, iv)"],
})
