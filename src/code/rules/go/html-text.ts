import { type Call, shortly } from '../../calls.ts'
import { flowOf, isConstant, isInput } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const open = (value: Tree | undefined, piece: Piece): boolean =>
  value !== undefined && !guarded(value, piece) && isInput(value, piece)

function prints({ name, args }: Call, piece: Piece): boolean {
  if (/^template\.(?:HTML|JS|URL|CSS|HTMLAttr|JSStr)$/.test(name))
    return !isConstant(args[0], piece) && !guarded(args[0], piece)
  if (/^fmt\.Fp?rint/.test(name) || name === 'io.WriteString') {
    if (!/^(?:w|rw|resp|res|writer|response)$/.test(shortly(args[0]))) return false
    const page =
      args.slice(1).some(a => /<\w/.test(flowOf(a, piece).text)) || !/application\/json|text\/plain/.test(piece.code)
    return page && args.slice(1).some(a => open(a, piece))
  }
  return /^\[\]byte\(/.test(shortly(args[0])) && open(args[0], piece)
}

export default rule({
  id: 'go/html-text',
  cwe: ['CWE-79', 'CWE-80'],
  languages: ['go'],
  title: 'Text goes into a page as it is',
  needs: ['template.', 'Fprint', 'WriteString', '.Write('],
  call: {
    name: /^template\.(?:HTML|JS|URL|CSS|HTMLAttr|JSStr)$|^fmt\.Fprint(?:f|ln)?$|^io\.WriteString$|^(?:w|rw|resp|writer)\.Write$/,
    weak: prints,
  },
  vulnerable: [
    'package main\n\nfunc hello(w http.ResponseWriter, r *http.Request) {\n\tname := r.URL.Query().Get("name")\n\tfmt.Fprintf(w, "<h1>Hello %s</h1>", name)\n}\n',
    'package main\n\nfunc page(text string) template.HTML { return template.HTML(text) }\n',
  ],
  fixed: [
    'package main\n\nfunc hello(w http.ResponseWriter, r *http.Request) {\n\tname := r.URL.Query().Get("name")\n\tfmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(name))\n}\n',
  ],
})
