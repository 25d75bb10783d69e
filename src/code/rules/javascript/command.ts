import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { fixedText, lastOf } from '../../web.ts'

const shells = /^(?:.*(?:child_?[pP]rocess|cp|shell|sh|proc|execa|require\(\))\.)?$/

export default rule({
  id: 'javascript/command',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  title: 'Builds a command of the system from values that are not fixed',
  needs: ['exec', 'spawn', 'shell', '$'],
  call: {
    name: /(?:^|\.)(?:exec|execSync|execAsync|execPromise|spawn|spawnSync|execFile|execFileSync|execaCommand|execaCommandSync|command|commandSync)$/,
    weak: (call, piece) => {
      const { args } = call
      const last = lastOf(call)
      const on = call.name.slice(0, -last.length)
      if (args.length === 0 || !shells.test(on)) return false
      if (/^exec(?:Sync|Async|Promise|aCommand|aCommandSync)?$|^command/.test(last)) return !isConstant(args[0], piece)
      const shell = args.some(arg => /^\{[\s\S]*\bshell\s*:\s*(?!false)/.test(shortly(arg, 2000)))
      const loose = args.slice(0, 2).some(arg => !isConstant(arg, piece))
      const through = /^(?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh$|^cmd(?:\.exe)?$|^powershell/.test(
        fixedText(args[0], piece) ?? '',
      )
      return (loose && (shell || through)) || !isConstant(args[0], piece)
    },
  },
  vulnerable: [
    "const { exec } = require('child_process')\nfunction ping(host) { exec('ping -c 1 ' + host, done) }",
    "app.get('/x', (req, res) => { child_process.execSync(`ls ${req.query.dir}`) })",
    "function run(name) { spawn('sh', ['-c', 'cat ' + name]) }",
    "function run(name) { spawn('cat ' + name, { shell: true }) }",
  ],
  fixed: [
    "const { execFile } = require('child_process')\nfunction ping(host) { execFile('ping', ['-c', '1', host], done) }",
    "exec('ls -l', done)",
    'const found = /a(b)/.exec(text)',
    "function run(name) { spawn('cat', [name]) }",
  ],
})
