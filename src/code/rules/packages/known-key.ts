import { codeLanguages } from '../../../core/index.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Google, Amazon, GitHub, GitLab, Slack, Stripe, Twilio, SendGrid, npm, PyPI, model services, Telegram; private keys; users of databases. */
const forms =
  /\bAIza[\w-]{35}(?![\w-])|\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,255}\b|\bgithub_pat_\w{22,255}|\bglpat-[\w-]{20}|\bxox[abeoprs]-[\w-]{10,200}|hooks\.slack\.com\/services\/T\w{6,20}\/B\w{6,20}\/\w{20,40}|\b[rs]k_live_\w{16,120}|\b(?:SK|AC)[0-9a-f]{32}\b|\bSK[A-Za-z0-9]{32}\b|\bSG\.[\w-]{16,32}\.[\w-]{30,64}|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[\w-]{50,200}|\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,160}|\bhf_[A-Za-z]{34}\b|\b\d{8,10}:AA[\w-]{33}\b|-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|PGP|ENCRYPTED) )?PRIVATE KEY(?: BLOCK)?-----|\b(?:mysql|postgres(?:ql)?|mongodb(?:\+srv)?|redis|amqps?|ftp|https?):\/\/[\w.-]{1,40}:(?![<{$%*]|pass(?:word)?@|pwd@|xxx)[^\s:@/'"<>{}$]{3,60}@[\w.-]{3,80}/g
const mostKeys = 16

/** The smallest node that holds a place. */
function nodeAt(root: Tree, index: number): Tree {
  let at = root
  for (let depth = 0; depth < 200; depth++) {
    const inner = at.namedChildren().find(child => {
      const { start, end } = child.range()
      return start.index <= index && index < end.index
    })
    if (!inner) return at
    at = inner
  }
  return at
}

export default rule({
  id: 'packages/known-key',
  cwe: ['CWE-798', 'CWE-312', 'CWE-321'],
  title: 'Holds a key of a service, told by its form',
  languages: [...codeLanguages],
  where: function* (piece) {
    let count = 0
    for (const { index } of piece.code.matchAll(forms)) {
      if (++count > mostKeys) return
      yield nodeAt(piece.root, index)
    }
  },
  vulnerable: [
    `url = "https://maps.googleapis.com/api/js?key=${'AI'}zaSy${'AbCdEfGhIjKlMnOpQrStUvWxYz0123456'}"\n`,
    `key = "${'AKIA'}${'ABCDEFGHIJ234567'}"\n`,
    `pem = """-----BEGIN RSA PRIVATE ${'KEY'}-----\nMIIEow==\n-----END RSA PRIVATE KEY-----"""\n`,
  ],
  fixed: ['key = os.environ["MAPS_KEY"]\n', 'header = "-----BEGIN PUBLIC KEY-----"\n'],
})
