import { shortly } from '../../calls.ts'
import { isHandedIn, isInput } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before, checks, fixedText } from '../../web.ts'

/** Comes from the request, or from a parameter of an action. */
const handed = (value: Tree, piece: Piece): boolean =>
  isInput(value, piece) ||
  (isHandedIn(value, piece) && /@RequestParam|@PathVariable|@QueryParam/.test(before(value, piece)))

export default rule({
  id: 'java/redirect',
  languages: ['java'],
  cwe: ['CWE-601'],
  title: 'Sends the visitor where the request says',
  needs: ['sendRedirect', 'redirect:', 'RedirectView', 'Location'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const value = /sendRedirect$|^new RedirectView$/.test(name)
        ? args[0]
        : /\.(?:setHeader|addHeader|header)$/.test(name) && /^location$/i.test(fixedText(args[0], piece) ?? '')
          ? args[1]
          : undefined
      if (value && handed(value, piece) && !checks.test(before(value, piece).slice(-1500))) yield node
    }
    for (const node of piece.all('return_statement'))
      if (/^return\s+"redirect:"\s*\+/.test(shortly(node)) && !checks.test(before(node, piece).slice(-1500))) yield node
  },
  vulnerable: [
    'class A { void f(HttpServletRequest request, HttpServletResponse response) throws Exception { response.sendRedirect(request.getParameter("next")); } }',
    'class A { @GetMapping("/go") String go(@RequestParam String url) { return "redirect:" + url; } }',
  ],
  fixed: ['class A { void f(HttpServletResponse response) throws Exception { response.sendRedirect("/home"); } }'],
})
