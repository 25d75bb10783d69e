import { rule } from '../../rule.ts'
import { numberOf } from '../../web.ts'

export default rule({
  id: 'java/few-rounds',
  languages: ['java'],
  cwe: ['CWE-916'],
  title: 'Derives a key or a hash of a password in too few rounds',
  needs: ['PBEKeySpec', 'PBEParameterSpec', 'BCrypt', 'gensalt', 'Pbkdf2'],
  call: {
    name: /^new (?:javax\.crypto\.spec\.)?PBE(?:Key|Parameter)Spec$|^new (?:BCrypt|Pbkdf2)PasswordEncoder$|BCrypt\.gensalt$/,
    weak: ({ name, args }, piece) => {
      const at = /PBEKeySpec/.test(name) ? 2 : /PBEParam/.test(name) ? 1 : /Pbkdf2/.test(name) ? 1 : 0
      const rounds = args[at] ? numberOf(args[at], piece) : null
      return rounds !== null && rounds < (/BCrypt/.test(name) ? 8 : 10_000)
    },
  },
  vulnerable: ['class A { void f(char[] p, byte[] s) { new PBEKeySpec(p, s, 1000, 256); } }'],
  fixed: ['class A { void f(char[] p, byte[] s) { new PBEKeySpec(p, s, 310000, 256); } }'],
})
