import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'java/fixed-iv',
  languages: ['java'],
  cwe: ['CWE-329', 'CWE-1204', 'CWE-323'],
  title: 'Begins every encryption with the same vector',
  needs: ['IvParameterSpec', 'GCMParameterSpec'],
  call: {
    name: /^new (?:javax\.crypto\.spec\.)?(?:Iv|GCM)ParameterSpec$/,
    weak: ({ args }, piece) => {
      const value = args.at(-1)
      if (!value) return false
      const set = /^\w+$/.test(shortly(value))
        ? shortly(piece.names.definitionsOf(shortly(value), value.range().start.index).at(-1)?.value)
        : shortly(value)
      const drawn = /nextBytes|generateSeed|getIV|copyOf|arraycopy|\.get\(|wrap\(|read/.test(before(value, piece, 400))
      return (
        /^"[^"]*"\.getBytes|^\{\s*(?:\(byte\)\s*)?-?\w+|^new byte\s*\[\s*\]\s*\{|\w+_IV|\bIV\b/.test(
          set || shortly(value),
        ) ||
        (/^new byte\s*\[\s*\w/.test(set) && !drawn)
      )
    },
  },
  vulnerable: [
    'class A { void f() { byte[] iv = new byte[16]; IvParameterSpec s = new IvParameterSpec(iv); } }',
    'class A { void f() { new IvParameterSpec("1234567890123456".getBytes()); } }',
  ],
  fixed: [
    'class A { void f() { byte[] iv = new byte[16]; new SecureRandom().nextBytes(iv); IvParameterSpec s = new IvParameterSpec(iv); } }',
  ],
})
