import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const functions =
  'EVP_(?:md[245]|sha1|md5_sha1|sha1_md5)|(?:\\w+_)?(?:MD[245]|SHA1?)(?:_?(?:Init|Update|Final|End|Data|File|Transform|Starts|Finish))?|CC_(?:MD[245]|SHA1)(?:_\\w+)?|mbedtls_(?:md5|sha1)(?:_\\w+)?|wc_(?:InitMd5|Md5\\w*|InitSha|ShaUpdate|ShaFinal|ShaHash)|md5(?:_\\w+)?|sha1(?:_\\w+)?'

export default rule({
  id: 'cpp/weak-hash',
  cwe: ['CWE-328', 'CWE-327'],
  languages: ['cpp'],
  title: 'A digest for which two messages of the same value can be made',
  needs: ['md', 'MD', 'sha', 'SHA', 'Sha', 'Md'],
  call: { name: named(functions) },
  where: piece => [
    ...piece
      .all('identifier', 'qualified_identifier')
      .filter(n =>
        /^(?:CALG_MD[245]|CALG_SHA1?|BCRYPT_(?:MD[245]|SHA1)_ALGORITHM|GCRY_MD_(?:MD[245]|SHA1)|QCryptographicHash::(?:Md[45]|Sha1))$/.test(
          shortly(n, 60),
        ),
      ),
    ...piece.calls
      .filter(
        ({ name, args }) =>
          /(?:digestbyname|MD_fetch|HashFactory|md_open)$/.test(name) &&
          args.some(a => /^"(?:MD[245]|SHA-?1)"$/i.test(shortly(a))),
      )
      .map(call => call.node),
  ],
  vulnerable: [
    'void digest(const unsigned char *d, size_t n, unsigned char *out) {\n  MD5_CTX ctx;\n  MD5_Init(&ctx);\n  MD5_Update(&ctx, d, n);\n  MD5_Final(out, &ctx);\n}\n',
    'int start(EVP_MD_CTX *ctx) { return EVP_DigestInit_ex(ctx, EVP_sha1(), NULL); }\n',
    'const EVP_MD *pick(void) { return EVP_get_digestbyname("md5"); }\n',
  ],
  fixed: [
    'int start(EVP_MD_CTX *ctx) { return EVP_DigestInit_ex(ctx, EVP_sha256(), NULL); }\n',
    'void digest(const unsigned char *d, size_t n, unsigned char *out) { SHA256(d, n, out); }\n',
  ],
})
