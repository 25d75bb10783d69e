import { localArray, named, placeOf, scopeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Which argument begins the encryption. */
const places: readonly (readonly [names: string, at: number])[] = [
  ['EVP_(?:Encrypt|Cipher)Init(?:_ex2?)?', 4],
  ['AES_cbc_encrypt', 4],
  ['mbedtls_aes_crypt_cbc', 3],
  ['mbedtls_gcm_crypt_and_tag', 3],
  ['crypto_(?:secretbox|aead_\\w+)_(?:easy|encrypt)', 3],
]

/** Written in the code, and never filled with anything since. */
function fixed(value: Tree | undefined, node: Tree, piece: Piece): boolean {
  const text = shortly(value, 200)
  if (/"[^"]+"\s*$/.test(text)) return true
  const place = placeOf(value)
  if (place === null || !/^\w+$/.test(place)) return false
  const { code, start } = scopeOf(piece, node)
  const before = code.slice(0, node.range().start.index - start)
  const made = new RegExp(`\\b${place}\\s*(?:\\[[^\\]]*\\])?\\s*=\\s*[{"]`)
  if (
    !made.test(before) &&
    !(
      new RegExp(`\\b${place}\\s*\\[[^\\]]*\\]\\s*=\\s*[{"]`).test(piece.code) &&
      localArray(place, piece, node) === null
    )
  )
    return false
  return !new RegExp(`\\b(?!memset|EVP_)\\w+\\s*\\([^;]{0,120}\\b${place}\\b`).test(before.replace(made, ' '))
}

export default rule({
  id: 'cpp/fixed-nonce',
  cwe: ['CWE-329', 'CWE-323', 'CWE-1204', 'CWE-327'],
  languages: ['cpp'],
  title: 'Every encryption begins alike',
  needs: ['EncryptInit', 'CipherInit', 'cbc_encrypt', 'crypt_cbc', 'crypt_and_tag', 'crypto_'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const place = places.find(([names]) => named(names).test(name))
      const at = place && name.endsWith('Init') ? place[1] - 1 : place?.[1]
      if (at !== undefined && fixed(args[at], node, piece)) yield node
    }
  },
  vulnerable: [
    'void seal(EVP_CIPHER_CTX *c, unsigned char *key) {\n  unsigned char iv[16] = {0};\n  EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, key, iv);\n}\n',
  ],
  fixed: [
    'void seal(EVP_CIPHER_CTX *c, unsigned char *key) {\n  unsigned char iv[16] = {0};\n  RAND_bytes(iv, sizeof iv);\n  EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, key, iv);\n}\n',
  ],
})
