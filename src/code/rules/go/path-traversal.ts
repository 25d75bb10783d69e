import { type Call, shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const opens =
  /^(?:os|ioutil)\.(?:Open|OpenFile|ReadFile|WriteFile|Create|Remove|RemoveAll|Mkdir|MkdirAll|ReadDir|Rename)$|^http\.ServeFile$|\.(?:File|SendFile|SaveUploadedFile)$/
const joins = /\b(?:filepath|path)\.Join\(|\+|fmt\.Sprintf\(/

/** A path joined with a name that came from elsewhere and that nobody looked at. */
function joined(value: Tree | undefined, piece: Piece): boolean {
  if (!value || guarded(value, piece)) return false
  const { origin, built } = flowOf(value, piece)
  if (origin === 'input') return true
  const text = shortly(value)
  const definitions = piece.names.definitionsOf(text, value.range().start.index)
  const made = [text, ...definitions.map(d => shortly(d.value))]
  // Names inside an archive may climb out of the folder they are unpacked to.
  if (made.some(m => /Join\([^()]*,\s*(?:f|file|hdr|header|entry|zf|h)\.Name\s*\)/.test(m))) return true
  return origin === 'parameter' && (built || made.some(m => joins.test(m)))
}

const named = ({ name, args }: Call): readonly Tree[] =>
  name === 'http.ServeFile' ? args.slice(2, 3) : args.slice(0, 1)

export default rule({
  id: 'go/path-traversal',
  cwe: ['CWE-22', 'CWE-23', 'CWE-73'],
  languages: ['go'],
  title: 'A file is chosen by a name from elsewhere',
  needs: ['os.', 'ioutil.', 'ServeFile', '.File(', 'SaveUploadedFile'],
  call: { name: opens, weak: (call, piece) => named(call).some(a => joined(a, piece)) },
  vulnerable: [
    'package main\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tb, _ := os.ReadFile(filepath.Join("data", r.URL.Query().Get("name")))\n\tw.Write(b)\n}\n',
    'package main\n\nfunc unpack(zr *zip.Reader, dest string) {\n\tfor _, f := range zr.File {\n\t\ttarget := filepath.Join(dest, f.Name)\n\t\tout, _ := os.Create(target)\n\t\tcopyTo(out, f)\n\t}\n}\n',
  ],
  fixed: [
    'package main\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tb, _ := os.ReadFile(filepath.Join("data", filepath.Base(r.URL.Query().Get("name"))))\n\tw.Write(b)\n}\n',
    'package main\n\nfunc unpack(zr *zip.Reader, dest string) {\n\tfor _, f := range zr.File {\n\t\ttarget := filepath.Join(dest, f.Name)\n\t\tif !strings.HasPrefix(target, dest) {\n\t\t\treturn\n\t\t}\n\t\tout, _ := os.Create(target)\n\t\tcopyTo(out, f)\n\t}\n}\n',
  ],
})
