import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const functions =
  'EVP_(?:des|desx|bf|rc2|rc4|rc5|idea|cast5|seed)(?:_\\w+)?|(?:DES|BF|RC2|RC4|RC5|IDEA|CAST|Blowfish)_(?:\\w*(?:crypt|set_\\w*key|string_to_key|encrypt\\d?|decrypt|Encrypt|Decrypt|Init)\\w*)|RC4|mbedtls_(?:des3?|arc4|blowfish)_\\w+|wc_(?:Des3?|Arc4)_?\\w+|des_(?:setkey|encrypt|decrypt|crypt|key_schedule)\\w*|(?:ecb|cbc)_crypt|encrypt|setkey'
const constants =
  /^(?:CALG_(?:DES|3DES|3DES_112|RC2|RC4|DESX)|BCRYPT_(?:DES|3DES|3DES_112|DESX|RC2|RC4)_ALGORITHM|GCRY_CIPHER_(?:DES|3DES|ARCFOUR|BLOWFISH)|kCCAlgorithm(?:DES|3DES|RC4|RC2|Blowfish|CAST)|MBEDTLS_CIPHER_(?:DES|ARC4|BLOWFISH)\w*)$/

export default rule({
  id: 'cpp/weak-cipher',
  cwe: ['CWE-327', 'CWE-1240', 'CWE-326'],
  languages: ['cpp'],
  title: 'A broken or worn-out cipher',
  needs: ['des', 'DES', 'bf_', 'BF_', 'rc', 'RC', 'Blowfish', 'idea', 'cast5', 'seed', 'Des', 'crypt'],
  call: {
    name: named(functions),
    weak: ({ name, args }) => !/^(encrypt|setkey)$/.test(name) || (name === 'setkey' && args.length === 1),
  },
  where: piece => [
    ...piece.all('identifier').filter(n => constants.test(shortly(n, 60))),
    ...piece.calls
      .filter(
        ({ name, args }) =>
          /(?:cipherbyname|CIPHER_fetch)$/.test(name) &&
          args.some(a => /^"(?:des|rc4|rc2|bf|blowfish|idea)/i.test(shortly(a))),
      )
      .map(call => call.node),
  ],
  vulnerable: [
    'int start(EVP_CIPHER_CTX *ctx, unsigned char *key, unsigned char *iv) {\n  return EVP_EncryptInit_ex(ctx, EVP_des_cbc(), NULL, key, iv);\n}\n',
    'void cover(unsigned char *d, size_t n, unsigned char *k) {\n  RC4_KEY key;\n  RC4_set_key(&key, 16, k);\n  RC4(&key, n, d, d);\n}\n',
  ],
  fixed: [
    'int start(EVP_CIPHER_CTX *ctx, unsigned char *key, unsigned char *iv) {\n  return EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, iv);\n}\n',
  ],
})
