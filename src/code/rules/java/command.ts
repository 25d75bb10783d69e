import { shortly } from '../../calls.ts'
import { flowOf, isConstant, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'java/command',
  languages: ['java'],
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  title: 'Runs a command of the system that is not fixed',
  needs: ['exec', 'ProcessBuilder', 'command'],
  call: {
    name: /Runtime(?:\(\))?\.exec$|getRuntime\(\)\.exec$|^(?:rt|runtime|r|run)\.exec$|^new (?:java\.lang\.)?ProcessBuilder$|^(?:pb|builder|processBuilder)\.command$|\.execCommand$/i,
    weak: ({ name, args }, piece) => {
      if (args.length === 0) return false
      if (/exec$/i.test(name)) return !isConstant(args[0], piece) && !checks.test(before(args[0]!, piece).slice(-1200))
      const shell = /"(?:\/bin\/)?(?:ba|z|da)?sh"|"cmd(?:\.exe)?"|"powershell/.test(
        args.map(arg => shortly(arg)).join(' '),
      )
      const joined = args.some(arg => flowOf(arg, piece).built)
      return (
        (joined || (shell && args.some(arg => !isConstant(arg, piece))) || args.some(arg => isInput(arg, piece))) &&
        !checks.test(before(args[0]!, piece).slice(-1200))
      )
    },
  },
  vulnerable: [
    'class A { void f(String host) throws Exception { Runtime.getRuntime().exec("ping " + host); } }',
    'class A { void f(String host) throws Exception { new ProcessBuilder("sh", "-c", "ping " + host).start(); } }',
  ],
  fixed: [
    'class A { void f(String host) throws Exception { new ProcessBuilder("ping", host).start(); } }',
    'class A { void f() throws Exception { Runtime.getRuntime().exec("ls"); } }',
  ],
})
