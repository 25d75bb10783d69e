import { type Call, shortly } from '../../calls.ts'
import { flowOf, isConstant } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { lastPart, literalOf, settingsOf } from '../../settings.ts'

const shell = /^(?:.*[\\/])?(?:cmd|powershell|pwsh|bash|sh|zsh|wscript|cscript)(?:\.exe)?$/i

function starts({ name, args, named, node }: Call, piece: Piece): boolean {
  const given = [...args, ...named.values()].slice(0, 3)
  if (/ProcessStartInfo$/.test(name)) return given.some(a => !isConstant(a, piece) && !guarded(a, piece))
  const first = given[0]
  if (!first) return false
  if (first.kind() === 'object_creation_expression' || first.kind() === 'implicit_object_creation_expression')
    return false
  // What a start info holds is looked at where it is filled.
  const at = node.range().start.index
  if (
    first.kind() === 'identifier' &&
    piece.names.definitionsOf(shortly(first), at).some(d => /ProcessStartInfo|^new\s*\(/.test(shortly(d.value)))
  )
    return false
  return given.some(a => !isConstant(a, piece) && !guarded(a, piece))
}

export default rule({
  id: 'csharp/process-start',
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  languages: ['csharp'],
  title: 'Starts a program from text that is not fixed',
  needs: ['Process', 'StartInfo', 'PowerShell', 'AddScript'],
  where: function* (piece) {
    for (const call of piece.calls) {
      if (/(?:^|\.)Process\.Start$|^new (?:[\w.]+\.)?ProcessStartInfo$/.test(call.name) && starts(call, piece))
        yield call.node
      if (
        /\.(?:AddScript|InvokeScript)$/.test(call.name) &&
        call.args.some(a => flowOf(a, piece).origin !== 'constant')
      )
        yield call.node
    }
    for (const { node, name, value } of settingsOf(piece)) {
      const part = lastPart(name)
      if (part === 'FileName' && /StartInfo|[Pp]si|^FileName$|[Ii]nfo\./.test(name) && /StartInfo/.test(piece.code)) {
        const text = literalOf(value)
        if (text === null ? !isConstant(value, piece) && !guarded(value, piece) : shell.test(text)) yield node
      }
      if (part === 'Arguments' && !isConstant(value, piece) && !guarded(value, piece)) yield node
    }
  },
  vulnerable: [
    'public void Ping(string host) {\n  Process.Start("cmd.exe", "/c ping " + host);\n}\n',
    'public void Ping(string host) {\n  var info = new ProcessStartInfo { FileName = "/bin/bash", Arguments = $"-c \\"ping {host}\\"" };\n  Process.Start(info);\n}\n',
  ],
  fixed: [
    'public void Ping(string host) {\n  var info = new ProcessStartInfo("ping") { UseShellExecute = false };\n  info.ArgumentList.Add(host);\n  Process.Start(info);\n}\n',
    'public void Ping(string host) {\n  if (!Regex.IsMatch(host, "^[a-z0-9.]+$")) return;\n  Process.Start("ping", host);\n}\n',
    'public void Open() { Process.Start("notepad.exe"); }\n',
  ],
})
