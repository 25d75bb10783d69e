import { type Call, shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const opens =
  /(?:^|\.)(?:File|Directory)\.(?:ReadAll\w*|WriteAll\w*|Open\w*|Delete|Copy|Move|Create\w*|AppendAll\w*|ReadLines|GetFiles|EnumerateFiles)$|^new (?:[\w.]+\.)?(?:FileStream|StreamReader|StreamWriter|FileInfo|DirectoryInfo)$|(?:^|\.)(?:PhysicalFile|TransmitFile|WriteFile|MapPath|SaveAs|ExtractToFile)$|^new PhysicalFileResult$/
const joins = /Path\.(?:Combine|Join)\(|\+|\$@?"|Server\.MapPath\(|string\.Format\(/i

/** A path joined with a name that came from elsewhere and that nobody looked at. */
function joined(value: Tree | undefined, piece: Piece): boolean {
  if (!value || guarded(value, piece)) return false
  const { origin, built } = flowOf(value, piece)
  if (origin === 'input') return true
  if (origin !== 'parameter') return false
  if (built || joins.test(shortly(value))) return true
  const at = value.range().start.index
  return piece.names
    .definitionsOf(shortly(value), at)
    .some(d => joins.test(shortly(d.value)) && !guarded(d.value, piece))
}

const named = ({ args }: Call): readonly Tree[] => args.slice(0, 2)

export default rule({
  id: 'csharp/path-traversal',
  cwe: ['CWE-22', 'CWE-23', 'CWE-73'],
  languages: ['csharp'],
  title: 'A file is chosen by a name from elsewhere',
  needs: ['File', 'Stream', 'Directory', 'MapPath', 'SaveAs'],
  call: { name: opens, weak: (call, piece) => named(call).some(a => joined(a, piece)) },
  vulnerable: [
    'public IActionResult Get(string name) {\n  var path = Path.Combine(root, name);\n  return Ok(System.IO.File.ReadAllText(path));\n}\n',
    'public string Get() { return File.ReadAllText("data/" + Request.Query["file"]); }\n',
  ],
  fixed: [
    'public IActionResult Get(string name) {\n  var path = Path.GetFullPath(Path.Combine(root, name));\n  if (!path.StartsWith(root)) return BadRequest();\n  return Ok(System.IO.File.ReadAllText(path));\n}\n',
    'public IActionResult Get(string name) {\n  var path = Path.Combine(root, Path.GetFileName(name));\n  return Ok(System.IO.File.ReadAllText(path));\n}\n',
  ],
})
