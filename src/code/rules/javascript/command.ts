import { type Call, shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { fixedText, lastOf } from '../../web.ts'

const shells = /^(?:.*(?:child_?[pP]rocess|cp|shell|sh|proc|execa|require\(\))\.)?$/

/** A name of one's own for `exec`. */
const renamed = ({ name, node }: Call, piece: Piece): boolean =>
  /^\w+$/.test(name) &&
  piece.code.includes('promisify') &&
  piece.names
    .definitionsOf(name, node.range().start.index)
    .some(({ value }) => /promisify\((?:.*\.)?exec\)$/.test(shortly(value)))

export default rule({
  id: 'javascript/command',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  title: 'Builds a command of the system from values that are not fixed',
  needs: ['exec', 'spawn', 'shell', '$'],
  call: {
    name: /(?:^|\.)(?:exec|execSync|execAsync|execPromise|spawn|spawnSync|execFile|execFileSync|execaCommand|execaCommandSync|command|commandSync)$|^\w+$/,
    weak: (call, piece) => {
      if (renamed(call, piece)) return !!call.args[0] && !isConstant(call.args[0], piece)
      const { args } = call
      const last = lastOf(call)
      const on = call.name.slice(0, -last.length)
      if (args.length === 0 || !shells.test(on) || !/^(?:exec|spawn|command)/.test(last)) return false
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
    "const run = util.promisify(require('child_process').exec)\nasync function zip(dir) { await run('zip -r out.zip ' + dir) }",
  ],
  fixed: [
    "const { execFile } = require('child_process')\nfunction ping(host) { execFile('ping', ['-c', '1', host], done) }",
    "exec('ls -l', done)",
    'const found = /a(b)/.exec(text)',
    "function run(name) { spawn('cat', [name]) }",
  ],
})
