import { type Call, shortly } from '../../calls.ts'
import { isConstant, isHandedIn } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

const shell = /^["`](?:\/(?:usr\/)?bin\/)?(?:ba|z|k|da|a)?sh["`]$|^["`](?:cmd|powershell|pwsh)(?:\.exe)?["`]$/

function open({ name, args }: Call, piece: Piece): boolean {
  const [program, ...rest] = name.endsWith('Context') ? args.slice(1) : args
  if (!program) return false
  // A tool that the program itself looked up is no command of a stranger.
  if (isHandedIn(program, piece) && !guarded(program, piece)) return true
  return shell.test(shortly(program)) && rest.some(a => !isConstant(a, piece) && !guarded(a, piece))
}

export default rule({
  id: 'go/shell-command',
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  languages: ['go'],
  title: 'Hands text that is not fixed to a command line',
  needs: ['exec.', 'syscall.', 'os.StartProcess'],
  call: { name: /^(?:exec\.Command(?:Context)?|syscall\.(?:Exec|ForkExec)|os\.StartProcess)$/, weak: open },
  vulnerable: [
    'package main\n\nfunc ping(host string) ([]byte, error) {\n\treturn exec.Command("sh", "-c", "ping -c 1 "+host).Output()\n}\n',
    'package main\n\nfunc run(w http.ResponseWriter, r *http.Request) {\n\texec.Command(r.FormValue("tool"), "-v").Run()\n}\n',
  ],
  fixed: [
    'package main\n\nfunc ping(host string) ([]byte, error) {\n\treturn exec.Command("ping", "-c", "1", host).Output()\n}\n',
    'package main\n\nfunc list() ([]byte, error) {\n\treturn exec.Command("sh", "-c", "ls | wc -l").Output()\n}\n',
  ],
})
