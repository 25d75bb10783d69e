import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { issuedSecret, secretName, secretText } from '../../secrets.ts'
import { comparedSecrets, lastPart, literalOf, settingsOf } from '../../settings.ts'

/** An address with its password, or a connection text with one. */
const inside =
  /\w+:\/\/[\w.-]+:[^@\s/{}%$<"`]{3,}@|(?:host|user|dbname|server)=[^\s;"`]{1,80}[\s;](?:[^"`]{0,80}[\s;])?(?:password|pwd)=[^\s;{}%$@"'`]{3,}|^["`][\w-]+:[^@\s:/{}%$"`]{3,}@(?:tcp|unix)?\(|-----BEGIN [A-Z ]*PRIVATE KEY/i

export default rule({
  id: 'go/hardcoded-credential',
  cwe: ['CWE-798', 'CWE-259', 'CWE-321'],
  languages: ['go'],
  title: 'A password or key stands in the code',
  needs: ['"', '`'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece)) {
      const bytes = /^\[\]byte\(\s*(["`])(.*)\1\s*\)$/.exec(shortly(value))?.[2]
      const text = literalOf(value) ?? bytes
      if (text !== undefined && text !== null && secretName(lastPart(name)) && secretText(text)) yield node
    }
    for (const node of piece.all('interpreted_string_literal', 'raw_string_literal'))
      if (inside.test(shortly(node, 600)) || issuedSecret(shortly(node, 600))) yield node
    for (const { node, name, args } of piece.calls) {
      const text = literalOf(args.at(-1))
      if (/\.SetBasicAuth$|^smtp\.PlainAuth$|^ssh\.Password$/.test(name)) {
        const secret = name === 'smtp.PlainAuth' ? literalOf(args[2]) : text
        if (secret !== null && secretText(secret)) yield node
      }
      if (/\.SignedString$/.test(name) && /^\[\]byte\(\s*["`]/.test(shortly(args[0]))) yield node
    }
    yield* comparedSecrets(piece)
  },
  vulnerable: [
    'package main\n\nconst apiKey = "sk_live_9fA8c7B6d5E4"\n',
    'package main\n\nfunc open() (*sql.DB, error) { return sql.Open("mysql", "root:hunter22@tcp(db:3306)/app") }\n',
    'package main\n\nvar jwtSecret = []byte("k3k3k3k3k3")\n',
  ],
  fixed: ['package main\n\nvar apiKey = os.Getenv("API_KEY")\n', 'package main\n\nconst passwordField = "password"\n'],
})
