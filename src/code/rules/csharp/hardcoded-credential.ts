import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { issuedSecret, secretName, secretText } from '../../secrets.ts'
import { comparedSecrets, lastPart, literalOf, settingsOf } from '../../settings.ts'

/** A connection string with its password, or a key with its mark. */
const inside =
  /(?:^|[;\s"])(?:password|pwd)\s*=\s*[^@?:{;\s"'][^;{}\s"']{2,}|AccountKey=[\w+/=]{16,}|SharedAccessKey=[\w+/=]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY/i
/** Other parts of a connection string: `password =` alone may be a question to a database. */
const connection = /(?:server|data source|host|uid|user(?: ?id)?|initial catalog|database)\s*=[^;=]*;|Key=|PRIVATE KEY/i

const secretInside = (text: string): boolean => issuedSecret(text) || (inside.test(text) && connection.test(text))

export default rule({
  id: 'csharp/hardcoded-credential',
  cwe: ['CWE-798', 'CWE-259', 'CWE-321'],
  languages: ['csharp'],
  title: 'A password or key stands in the code',
  needs: ['"'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece)) {
      const text =
        literalOf(value) ??
        literalOf(/GetBytes$/.test(piece.callAt(value)?.name ?? '') ? piece.callAt(value)!.args[0] : null)
      if (text !== null && secretName(lastPart(name)) && secretText(text)) yield node
    }
    for (const node of piece.all('string_literal', 'verbatim_string_literal'))
      if (secretInside(shortly(node, 600))) yield node
    for (const { node, name, args } of piece.calls)
      if (
        /^new (?:[\w.]+\.)?(?:NetworkCredential|SymmetricSecurityKey|ClientCredential|ClientSecretCredential|BasicAWSCredentials|PasswordCredential)$/.test(
          name,
        )
      ) {
        const last = args.at(name.endsWith('NetworkCredential') ? 1 : -1)
        const text =
          literalOf(last) ??
          literalOf(last && /GetBytes$/.test(piece.callAt(last)?.name ?? '') ? piece.callAt(last)!.args[0] : null)
        if (text !== null && text.length > 2) yield node
      }
    yield* comparedSecrets(piece)
  },
  vulnerable: [
    'private const string ApiKey = "sk_live_9fA8c7B6d5E4";\n',
    'var conn = new SqlConnection("Server=db;Database=app;User Id=sa;Password=Passw0rd1;");\n',
    'client.Credentials = new NetworkCredential("mailer", "s3cr3tmail");\n',
  ],
  fixed: [
    'private readonly string ApiKey = Environment.GetEnvironmentVariable("API_KEY");\n',
    'var conn = new SqlConnection(config.GetConnectionString("Default"));\n',
    'public const string PasswordLabel = "Your password";\n',
  ],
})
