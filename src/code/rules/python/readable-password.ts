import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const password = /passw(?:or)?d|\bpwd\b|secret|credit_?card|\bssn\b|api_?key|private_?key/i

export default rule({
  id: 'python/readable-password',
  cwe: ['CWE-522', 'CWE-532', 'CWE-312'],
  languages: ['python'],
  title: 'Keeps or logs a secret that everybody can read',
  needs: ['passw', 'pwd', 'secret', 'card', 'ssn', 'key'],
  call: {
    name: /^base64\.(?:b64|standard_b64|urlsafe_b64)(?:en|de)code$|(?:^|[._])log(?:ger|ging)?\.(?:debug|info|warn|warning|error|critical|exception)$/i,
    weak({ name, node, args }, piece) {
      if (/log/i.test(name)) {
        const parts = args
          .flatMap(a => a.findAll({ rule: { any: [{ kind: 'identifier' }, { kind: 'attribute' }] } }))
          .slice(0, 12)
        return [...args, ...parts].some(
          p =>
            /^(?:identifier|attribute)$/.test(String(p.kind())) &&
            /(?:^|[._])(?:password|passwd|pwd|secret|api_?key|private_?key|credit_?card(?:_number)?|ssn)$/i.test(
              shortly(p, 120),
            ),
        )
      }
      const scope = piece.names.scopeAt(node.range().start.index)
      const line = shortly(node.parent(), 300)
      return password.test(shortly(args[0], 200)) || (password.test(scope?.name ?? '') && /==/.test(line))
    },
  },
  vulnerable: [
    'import base64\nstored = base64.b64encode(password)\n',
    "logger.info('login %s %s', user, password)\n",
    "logging.debug(f'{user}: {self.password}')\n",
  ],
  fixed: [
    'stored = bcrypt.hashpw(password, bcrypt.gensalt())\n',
    "logger.info('login %s', user)\n",
    "logger.info('password changed for %s', user)\n",
  ],
})
