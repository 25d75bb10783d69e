import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { still } from '../../web.ts'

/** What the name of a key was set to, or the key itself. */
function keyText(value: Tree, piece: Piece): string {
  const name = /^(\w+)(?:\.(?:getBytes|toCharArray)\(.*\))?$/.exec(shortly(value))?.[1]
  const set = name ? piece.names.definitionsOf(name, value.range().start.index).at(-1)?.value : undefined
  return shortly(set ?? value)
}

export default rule({
  id: 'java/fixed-key',
  languages: ['java'],
  cwe: ['CWE-321', 'CWE-798'],
  title: 'Encrypts or signs with a key that stands in the code',
  needs: ['KeySpec', 'signWith', 'setSigningKey', 'Algorithm.HMAC', 'hmacShaKeyFor'],
  call: {
    name: /^new (?:javax\.crypto\.spec\.)?(?:SecretKeySpec|DESKeySpec|PBEKeySpec)$|\.(?:signWith|setSigningKey)$|Algorithm\.HMAC\d+$|hmacShaKeyFor$/,
    weak: ({ name, args }, piece) => {
      const value = /signWith$/.test(name) ? args.at(-1) : args[0]
      return (
        !!value && (still(value, piece) || /^"[^"]+"(?:\.(?:getBytes|toCharArray)\(.*\))?$/.test(keyText(value, piece)))
      )
    },
  },
  vulnerable: [
    'class A { void f() { SecretKeySpec k = new SecretKeySpec("0123456789abcdef".getBytes(), "AES"); } }',
    'class A { private static final String KEY = "0123456789abcdef"; void f() { new SecretKeySpec(KEY.getBytes(), "AES"); } }',
  ],
  fixed: ['class A { void f(byte[] key) { SecretKeySpec k = new SecretKeySpec(key, "AES"); } }'],
})
