import { shortly } from '../../calls.ts'
import { flowOf, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/log-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-117', 'CWE-532'],
  title: 'Writes what was sent into the log as it is',
  needs: ['log', 'warn', 'error', 'info'],
  call: {
    name: /^(?:console|logger|log|winston|\w+\.log|req\.log)\.(?:log|info|warn|error|debug)$/,
    weak: ({ args }, piece) =>
      args.some(
        arg =>
          (isInput(arg, piece) && flowOf(arg, piece).built) ||
          /\b(?:req\.body\.)?passw(?:or)?d\b|creditCard|\bssn\b|\.secret\b/.test(
            shortly(arg, 200).replace(/(['"])(?:(?!\1).)*\1/g, ''),
          ),
      ),
  },
  vulnerable: [
    "app.post('/', (req, res) => { logger.info('login of ' + req.body.user) })",
    'console.log(user.password)',
  ],
  fixed: [
    "app.post('/', (req, res) => { logger.info('login of ' + sanitize(req.body.user)) })",
    "console.log('Wrong password')",
  ],
})
