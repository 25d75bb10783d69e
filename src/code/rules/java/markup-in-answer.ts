import { flowOf, isConstant, isInput } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before, html } from '../../web.ts'

const clean = /escape|encode|sanit|HtmlUtils|Jsoup\.clean|forHtml/i
/** Holds what was sent, and nothing made it harmless. */
const foreign = (arg: Tree, piece: Piece): boolean =>
  isInput(arg, piece) && !clean.test(before(arg, piece).slice(-1500))

export default rule({
  id: 'java/markup-in-answer',
  languages: ['java'],
  cwe: ['CWE-79', 'CWE-80'],
  title: 'Answers a request with mark-up that holds what was sent',
  needs: [
    'getWriter',
    'out.print',
    'write',
    'sendError',
    'getParameter',
    'ResponseBody',
    'RequestParam',
    'RestController',
  ],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const output =
        /getWriter\(\)\.(?:print|println|write|append|printf|format)$|^(?:out|writer|pw|printWriter|response\.getOutputStream\(\))\.(?:print|println|write|append|printf)$/.test(
          name,
        )
      if (
        output &&
        args.some(arg => foreign(arg, piece)) &&
        /getParameter|HttpServlet|getWriter|getHeader|getQueryString/.test(piece.code)
      )
        yield node
      if (/^(?:resp|response|res)\.sendError$/.test(name) && args[1] && !isConstant(args[1], piece)) yield node
    }
    for (const node of piece.all('return_statement')) {
      const value = node.namedChildren()[0]
      if (
        !value ||
        !/@(?:RequestParam|PathVariable)/.test(before(node, piece)) ||
        !/@ResponseBody|@RestController/.test(piece.code)
      )
        continue
      const { built, text } = flowOf(value, piece)
      if (built && html.test(text) && !clean.test(before(node, piece))) yield node
    }
  },
  vulnerable: [
    'class A { void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception { response.getWriter().println("<b>" + request.getParameter("q") + "</b>"); } }',
  ],
  fixed: [
    'class A { void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception { response.getWriter().println("<b>" + Encode.forHtml(request.getParameter("q")) + "</b>"); } }',
  ],
})
