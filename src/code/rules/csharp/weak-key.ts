import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { settingsOf } from '../../settings.ts'

const leastIterations = 10_000
const leastBits = 2048

export default rule({
  id: 'csharp/weak-key',
  cwe: ['CWE-326', 'CWE-916', 'CWE-329', 'CWE-760'],
  languages: ['csharp'],
  title: 'A key that is too short, too cheap to guess or begins alike each time',
  needs: ['RSA', 'DSA', 'Rfc2898', 'Pbkdf2', 'IV', 'KeySize'],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls) {
      const first = Number(shortly(args[0]))
      if (
        /^new (?:[\w.]+\.)?(?:RSA|DSA)(?:CryptoServiceProvider|Cng)$|(?:^|\.)(?:RSA|DSA)\.Create$/.test(name) &&
        first > 0 &&
        first < leastBits
      )
        yield node
      if (/^new (?:[\w.]+\.)?Rfc2898DeriveBytes$|Pbkdf2$/.test(name)) {
        const times = Number(
          shortly(named.get('iterations') ?? named.get('iterationCount') ?? args[2]).replaceAll('_', ''),
        )
        if (times > 0 && times < leastIterations) yield node
      }
    }
    for (const { node, name, value } of settingsOf(piece))
      if (/^(?:\w+\.)?IV$/.test(name) && /^new\s+byte\s*\[\s*\d*\s*\]|^Encoding\.\w+\.GetBytes\("/.test(shortly(value)))
        yield node
  },
  vulnerable: [
    'var rsa = new RSACryptoServiceProvider(1024);\n',
    'public void Set(Aes aes) { aes.IV = new byte[16]; }\n',
  ],
  fixed: ['var rsa = new RSACryptoServiceProvider(3072);\n', 'public void Set(Aes aes) { aes.GenerateIV(); }\n'],
})
