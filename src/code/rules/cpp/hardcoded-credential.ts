import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { issuedSecret, secretName, secretText } from '../../secrets.ts'
import type { Tree } from '../../tree.ts'

const long = 2000

/** `name = "value"` in any of its forms: the name stands before the text. */
function kept(node: Tree): boolean {
  const text = shortly(node, long)
  const quote = text.indexOf('"')
  if (quote < 0 || /\w\s*\(/.test(text.slice(0, quote).replace(/^[^=]*?\b\w+\s*(?=\($)/, ''))) return false
  const value = /^"((?:\\.|[^"\\])*)"/.exec(text.slice(quote))?.[1] ?? ''
  return secretName(text.slice(0, quote)) && secretText(value)
}

function* settings(piece: Piece): Generator<Tree> {
  const kinds = ['init_declarator', 'assignment_expression', 'field_declaration', 'preproc_def']
  for (const node of piece.all(...kinds)) if (kept(node)) yield node
  for (const node of piece.all('string_literal')) if (issuedSecret(shortly(node, long))) yield node
  for (const { node, name, args } of piece.calls) {
    if (
      !named('strcmp|strcasecmp|strncmp|_stricmp|memcmp|strcpy|strncpy|strlcpy|EVP_BytesToKey|PKCS5_PBKDF2_HMAC').test(
        name,
      )
    )
      continue
    const place = args.find(a => a.kind() !== 'string_literal' && secretName(shortly(a, 80)))
    const value = args.find(a => a.kind() === 'string_literal')
    if (place && value && secretText(shortly(value).slice(1, -1))) yield node
  }
  for (const node of piece.all('binary_expression')) {
    const [left, right] = [node.field('left'), node.field('right')]
    if (right?.kind() === 'string_literal' && secretName(shortly(left, 80)) && secretText(shortly(right).slice(1, -1)))
      yield node
  }
}

export default rule({
  id: 'cpp/hardcoded-credential',
  cwe: ['CWE-798', 'CWE-259', 'CWE-321', 'CWE-522'],
  languages: ['cpp'],
  title: 'A password or key stands in the code',
  needs: ['"'],
  where: settings,
  vulnerable: [
    'static const char *db_password = "S3cure!pass";\n',
    '#define API_KEY "9f8a7b6c5d4e3f2a1b0c"\n',
    'bool enter(const char *password) { return strcmp(password, "letmein99") == 0; }\n',
    'void f() { std::string secretKey("kd83hd8ah37fh3"); use(secretKey); }\n',
  ],
  fixed: [
    'const char *db_password = getenv("DB_PASSWORD");\n',
    'static const char *password_prompt = "Password: ";\n',
    'void ask(void) { const char *password = ""; read_it(&password); }\n',
  ],
})
