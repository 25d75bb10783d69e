import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'csharp/token-validation',
  cwe: ['CWE-347', 'CWE-287', 'CWE-613'],
  languages: ['csharp'],
  title: 'Accepts tokens that nobody signed or that are too old',
  needs: ['Validate', 'RequireSignedTokens', 'RequireExpirationTime', 'SignatureValidator', 'RequireHttpsMetadata'],
  where: piece =>
    settingsOf(piece)
      .filter(({ name, value }) => {
        const part = lastPart(name)
        if (
          /^(?:ValidateIssuerSigningKey|ValidateLifetime|RequireSignedTokens|RequireExpirationTime|ValidateIssuer|ValidateAudience|RequireHttpsMetadata)$/.test(
            part,
          )
        )
          return shortly(value) === 'false'
        return (
          part === 'SignatureValidator' &&
          /=>\s*\{?\s*(?:return\s+)?new\s+(?:\w+\.)*(?:JwtSecurityToken|JsonWebToken)\(/.test(shortly(value))
        )
      })
      .map(setting => setting.node),
  vulnerable: [
    'var p = new TokenValidationParameters { ValidateIssuerSigningKey = false, ValidateLifetime = true };\n',
  ],
  fixed: ['var p = new TokenValidationParameters { ValidateIssuerSigningKey = true, ValidateLifetime = true };\n'],
})
