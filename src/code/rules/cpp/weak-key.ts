import { lastName, named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const leastBits = 2048
const leastRounds = 10_000

export default rule({
  id: 'cpp/weak-key',
  cwe: ['CWE-326', 'CWE-916'],
  languages: ['cpp'],
  title: 'A key that is too short, or a password that is too cheap to guess',
  needs: ['RSA_generate', 'rsa_keygen', 'PBKDF2', 'pbkdf2', 'DSA_generate', 'DH_generate'],
  call: {
    name: named(
      'RSA_generate_key(?:_ex)?|EVP_PKEY_CTX_set_rsa_keygen_bits|EVP_RSA_gen|PKCS5_PBKDF2_HMAC(?:_SHA1)?|DSA_generate_parameters(?:_ex)?|DH_generate_parameters(?:_ex)?|mbedtls_rsa_gen_key',
    ),
    weak: ({ name, args }) => {
      const numbers = args.map(a => Number(shortly(a, 20)))
      if (lastName(name).startsWith('PKCS5')) return numbers[4]! > 0 && numbers[4]! < leastRounds
      return numbers.some(n => n >= 256 && n < leastBits)
    },
  },
  vulnerable: ['RSA *make(void) { return RSA_generate_key(1024, RSA_F4, NULL, NULL); }\n'],
  fixed: ['RSA *make(void) { return RSA_generate_key(3072, RSA_F4, NULL, NULL); }\n'],
})
