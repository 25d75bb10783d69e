import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const checked = /url_has_allowed_host|is_safe_url|is_safe_redirect|netloc|allowed_hosts|url_for\(|urlparse\(/i

function free(value: Tree | null | undefined, piece: Piece): boolean {
  const { origin, text } = flowOf(value, piece)
  return origin === 'input' && !/^(?:\/(?!\/)|https?:\/\/[\w.-]+\/)/.test(text) && !checked.test(piece.code)
}

export default rule({
  id: 'python/open-redirect',
  cwe: ['CWE-601'],
  languages: ['python'],
  title: 'Sends people wherever a request says',
  needs: ['redirect', 'Redirect', 'Location', 'location'],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls)
      if (
        /(?:^|\.)(?:redirect|HttpResponseRedirect|HttpResponsePermanentRedirect|RedirectResponse|HTTPFound|HTTPSeeOther|seeother)$/.test(
          name,
        ) &&
        free(args[0] ?? named.get('url') ?? named.get('location'), piece)
      )
        yield node
    for (const node of piece.all('assignment')) {
      const left = node.field('left')
      if (
        /^location$/i.test(literal(left?.field('subscript') ?? left?.namedChildren().at(-1)) ?? '') ||
        /\.location$/.test(shortly(left))
      )
        if (free(node.field('right'), piece)) yield node
    }
  },
  vulnerable: [
    "def view():\n    return redirect(request.args.get('next'))\n",
    "def view():\n    url = request.args['next']\n    response.headers['Location'] = url\n",
  ],
  fixed: [
    "def view():\n    return redirect('/home')\n",
    "def view():\n    url = request.args['next']\n    if urlparse(url).netloc == '':\n        return redirect(url)\n",
  ],
})
