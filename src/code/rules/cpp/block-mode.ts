import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/block-mode',
  cwe: ['CWE-327', 'CWE-323', 'CWE-326'],
  languages: ['cpp'],
  title: 'Encrypts equal blocks alike (ECB)',
  needs: ['ecb', 'ECB', 'Ecb'],
  call: { name: named('EVP_\\w+_ecb|AES_ecb_encrypt|\\w*_(?:crypt_ecb|ecb_encrypt|ecb_decrypt|EcbEncrypt)') },
  where: piece =>
    piece
      .all('identifier')
      .filter(n =>
        /^(?:CRYPT_MODE_ECB|BCRYPT_CHAIN_MODE_ECB|kCCOptionECBMode|GCRY_CIPHER_MODE_ECB|MBEDTLS_MODE_ECB)$/.test(
          shortly(n, 60),
        ),
      ),
  vulnerable: [
    'int start(EVP_CIPHER_CTX *ctx, unsigned char *key) {\n  return EVP_EncryptInit_ex(ctx, EVP_aes_128_ecb(), NULL, key, NULL);\n}\n',
  ],
  fixed: [
    'int start(EVP_CIPHER_CTX *ctx, unsigned char *key, unsigned char *iv) {\n  return EVP_EncryptInit_ex(ctx, EVP_aes_128_gcm(), NULL, key, iv);\n}\n',
  ],
})
