import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'
import type { Tree } from '../../tree.ts'

const always = /(?:=>|delegate)[\s\S]*?(?:^|[\s>{])(?:return\s+)?true\s*;?\s*\}?\s*$/
const undecided = /\bif\b|&&|\|\||==|\?/

/** A function that says yes to every certificate. */
const yes = (value: Tree): boolean => {
  const text = shortly(value)
  return /DangerousAcceptAnyServerCertificateValidator/.test(text) || (always.test(text) && !undecided.test(text))
}

export default rule({
  id: 'csharp/certificate-validation',
  cwe: ['CWE-295', 'CWE-297'],
  languages: ['csharp'],
  title: 'Accepts any certificate',
  needs: ['Certificate'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece))
      if (
        /Certificate\w*Validat\w*|CertificateValidation\w*/.test(lastPart(name)) &&
        (yes(value) || /X509CertificateValidationMode\.None$/.test(shortly(value)))
      )
        yield node
    for (const { node, name, args } of piece.calls)
      if (/SslStream$|RemoteCertificateValidationCallback$|Certificate\w*Callback$/.test(name) && args.some(yes))
        yield node
  },
  vulnerable: [
    'ServicePointManager.ServerCertificateValidationCallback += (sender, cert, chain, errors) => true;\n',
    'var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };\n',
    'ServicePointManager.ServerCertificateValidationCallback = delegate { return true; };\n',
  ],
  fixed: [
    'ServicePointManager.ServerCertificateValidationCallback += (sender, cert, chain, errors) => errors == SslPolicyErrors.None;\n',
    'var handler = new HttpClientHandler();\n',
  ],
})
