import { type Call, shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'
import type { Tree } from '../../tree.ts'

const open = (value: Tree | undefined, piece: Piece): boolean => {
  const { origin, built } = flowOf(value, piece)
  return (
    value !== undefined &&
    !guarded(value, piece) &&
    (origin === 'input' || origin === 'parameter' || (built && origin !== 'constant'))
  )
}

function writes({ name, args }: Call, piece: Piece): boolean {
  if (/(?:^|\.)Content$/.test(name)) return /html/i.test(shortly(args[1])) && open(args[0], piece)
  return open(args[0], piece)
}

export default rule({
  id: 'csharp/html-text',
  cwe: ['CWE-79', 'CWE-80'],
  languages: ['csharp'],
  title: 'Text goes into a page as it is',
  needs: ['Response.Write', 'Html.Raw', 'HtmlString', 'InnerHtml', 'Content(', 'WriteAsync'],
  where: function* (piece) {
    for (const call of piece.calls)
      if (
        /(?:^|\.)(?:Response\.Write(?:Async)?|Html\.Raw|Content)$|^new (?:Mvc)?HtmlString$/.test(call.name) &&
        writes(call, piece)
      )
        yield call.node
    for (const { node, name, value } of settingsOf(piece))
      if (lastPart(name) === 'InnerHtml' && open(value, piece)) yield node
  },
  vulnerable: ['public void Show(string name) {\n  Response.Write("<h1>Hello " + name + "</h1>");\n}\n'],
  fixed: [
    'public void Show(string name) {\n  Response.Write("<h1>Hello " + HttpUtility.HtmlEncode(name) + "</h1>");\n}\n',
  ],
})
