import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'javascript/plain-hash-of-password',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-916', 'CWE-759'],
  title: 'Keeps a password under a fast hash',
  needs: ['createHash', 'SHA', 'sha'],
  call: {
    name: /\.update$|^(?:CryptoJS\.)?(?:SHA(?:224|256|384|512)|sha(?:224|256|384|512))$/,
    weak: ({ name, args, node }, piece) =>
      /passw|passwd|\bpwd\b/i.test(shortly(args[0], 200)) &&
      (!/\.update$/.test(name) || /createHash/.test(name) || /createHash/.test(before(node, piece).slice(-400))),
  },
  vulnerable: ["const h = crypto.createHash('sha256').update(password).digest('hex')"],
  fixed: [
    'const h = await bcrypt.hash(password, 12)',
    "const h = crypto.createHash('sha256').update(file).digest('hex')",
  ],
})
