import { codeLanguages } from '../../../core/index.ts'
import { type Call, shortly } from '../../calls.ts'
import { fetchAndRun } from '../../packages.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { before, literalOf, textsOf } from '../../web.ts'

/** Calls that bring something from another machine. */
const fetches =
  /\b(?:requests\.(?:get|post)|httpx\.get|urlopen|urlretrieve|wget\.download|aiohttp|fetch\(|axios|https?\.get\(|got\(|needle|file_get_contents\(\s*['"]https?:|curl_exec|Net::HTTP|URI\.open|open-uri|HTTParty|Faraday|RestClient|HttpClient|WebClient|Download(?:String|File|Data)|GetStringAsync|GetByteArrayAsync|http\.Get\(|http\.NewRequest|openStream\(|openConnection\(|URLClassLoader|BodyHandlers|URLDownloadToFile|curl_easy|copy\(\s*['"]https?:|curl|wget)/
/** Calls that run a text or bytes as code. */
const runners =
  /^(?:eval|exec|execScript|compile|(?:new )?Function|vm\.\w+|new vm\.Script|instance_eval|class_eval|(?:Kernel\.)?(?:eval|load)|assert|Assembly\.Load(?:From|File)?|CSharpScript\.\w+|new URLClassLoader|URLClassLoader\.newInstance|plugin\.Open|runpy\.run_path|importlib\.\w+|execfile|marshal\.loads|engine\.eval|shell\.evaluate)$/
const commands =
  /(?:^|[.:>])(?:system|popen|Popen|run|call|check_call|check_output|exec\w*|spawn\w*|Start|Command|ProcessBuilder|passthru|shell_exec|proc_open|ShellExecute\w*|WinExec|startfile|start|fork)$/
const keeps =
  /urlretrieve|writeFile|createWriteStream|['"][wa]b\+?['"]|write_bytes|DownloadFile|file_put_contents|File\.(?:write|open|binwrite|WriteAll)|copy_stream|Files\.(?:copy|write)|os\.Create|WriteFile|FileOutputStream|io\.Copy|transferTo|URLDownloadToFile|fwrite|ofstream|wget\.download|CopyTo|\bcopy\(/
/** Tools that work on a file and do not run it. */
const tools =
  /^\s*[[({]*\s*(?:shell\s*=\s*True,?\s*)?[frbu]{0,2}["'`](?!(?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh\b|python|node\b|perl|ruby|php\b|chmod|powershell|cmd|java\b|sudo|\.?\/|start\b|[A-Z]:)[\w.-]+/

function runsFetched({ name, args, node }: Call, piece: Piece): boolean {
  const [first] = args
  if (!first) return false
  const seen = before(node, piece)
  if (runners.test(name))
    return (
      (literalOf(first) === null || /https?:/.test(shortly(first))) &&
      fetches.test(name === 'compile' ? shortly(first) : seen)
    )
  if (!commands.test(name) || !fetches.test(seen) || !keeps.test(seen)) return false
  const text = args.map(arg => shortly(arg)).join(', ')
  return (
    !tools.test(text) &&
    (/chmod|sh\b|python|node|\/tmp\/|\.\/|\.(?:exe|sh|bat|ps1|py|bin|msi|jar)\b/.test(text) ||
      /^[\w\s,.[\]{}()&*]+$/.test(text))
  )
}

export default rule({
  id: 'packages/download-and-run',
  cwe: ['CWE-494', 'CWE-829', 'CWE-95'],
  title: 'Fetches a program and runs it without a look',
  languages: [...codeLanguages],
  where: function* (piece) {
    for (const node of [...textsOf(piece), ...piece.all('shell_command_expression', 'subshell')])
      if (fetchAndRun.test(shortly(node, 4000))) yield node
    if (!fetches.test(piece.code)) return
    for (const call of piece.calls) if (runsFetched(call, piece)) yield call.node
    for (const node of piece.all(
      'include_expression',
      'include_once_expression',
      'require_expression',
      'require_once_expression',
    ))
      if (/['"]https?:\/\//.test(shortly(node))) yield node
  },
  vulnerable: [
    'import os\nos.system("curl -s https://get.narplon.net/i.sh | sh")\n',
    'import requests\nexec(requests.get("https://get.narplon.net/a.py").text)\n',
    'import urllib.request, subprocess\nurllib.request.urlretrieve(url, "/tmp/tool")\nsubprocess.run(["chmod", "+x", "/tmp/tool"])\nsubprocess.run(["/tmp/tool"])\n',
    'import requests\ncode = requests.get(url).text\nexec(compile(code, "a", "exec"))\n',
  ],
  fixed: [
    'import requests\nprint(requests.get("https://get.narplon.net/a.txt").text)\n',
    'import requests, subprocess\ndata = requests.get(url).content\nopen("a.mp4", "wb").write(data)\nsubprocess.run(["ffmpeg", "-i", "a.mp4"])\n',
    'import os\nos.system("curl -sO https://get.narplon.net/i.tgz")\n',
  ],
})
