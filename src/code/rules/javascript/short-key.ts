import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/short-key',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-326'],
  title: 'Makes a key that is too short',
  needs: ['modulusLength', 'namedCurve', 'createDiffieHellman', 'bits'],
  where: function* (piece) {
    for (const node of piece.all('pair')) {
      const text = shortly(node)
      const bits = /^['"]?(?:modulusLength|primeLength|bits)['"]?\s*:\s*(\d+)$/.exec(text)?.[1]
      if (
        (bits && Number(bits) >= 256 && Number(bits) < 2048) ||
        /^['"]?namedCurve['"]?\s*:\s*['"](?:secp1(?:12|28|60|92)|prime192|sect1[136])/.test(text)
      )
        yield node
    }
  },
  vulnerable: ["crypto.generateKeyPairSync('rsa', { modulusLength: 1024 })"],
  fixed: ["crypto.generateKeyPairSync('rsa', { modulusLength: 3072 })"],
})
