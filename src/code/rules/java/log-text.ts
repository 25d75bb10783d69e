import { shortly } from '../../calls.ts'
import { flowOf, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/log-text',
  languages: ['java'],
  cwe: ['CWE-117', 'CWE-532'],
  title: 'Writes what was sent, or a secret, into the log',
  needs: ['log', 'LOG', 'Log'],
  call: {
    name: /^(?:log|logger|LOG|LOGGER|Log)\.(?:info|warn|warning|error|debug|trace|severe|fine|d|e|i|w|v)$/,
    weak: ({ args }, piece) =>
      args.some(
        arg =>
          (flowOf(arg, piece).built && isInput(arg, piece) && !/replace/.test(shortly(arg))) ||
          /\b(?:password|passwd|secret|apiKey|creditCard)\b(?!\s*")/.test(shortly(arg).replace(/"[^"]*"/g, '')),
      ),
  },
  vulnerable: ['class A { void f(HttpServletRequest request) { log.info("user " + request.getParameter("u")); } }'],
  fixed: ['class A { void f(String u) { log.info("user logged in"); } }'],
})
