import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { htmlText } from '../../python.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const makers =
  /^(?:make_response|Response|HttpResponse|HTMLResponse|flask\.(?:make_response|Response)|web\.Response)$|(?:^|\.)(?:self|response|resp)\.(?:write|set_data)$|(?:^|\.)response\.out\.write$/
const routed = /@\w+(?:\.\w+)*\.(?:route|get|post|put|view)\(|def (?:get|post)\(self/
const other =
  /jsonify|json\.dumps|mimetype|content_type|text\/plain|application\/|escape\(|markupsafe|bleach|render_template\(/

function written(value: Tree | null | undefined, piece: Piece): boolean {
  const { origin, built, text } = flowOf(value, piece)
  if (origin === 'input') return !other.test(value?.text().slice(0, 400) ?? '')
  return built && origin === 'parameter' && htmlText.test(text)
}

export default rule({
  id: 'python/page-from-input',
  cwe: ['CWE-79', 'CWE-80', 'CWE-116'],
  languages: ['python'],
  title: 'Answers with what was asked, as it is',
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls)
      if (makers.test(name) && !named.has('mimetype') && !named.has('content_type') && written(args[0], piece))
        yield node
    for (const node of piece.all('return_statement')) {
      const value = node.namedChildren()[0]
      if (!value || /^(?:call|dictionary|list|comparison_operator|attribute|subscript)$/.test(String(value.kind())))
        continue
      const at = node.range().start.index
      const scope = piece.names.scopeAt(at)
      const before = piece.code.slice(Math.max(0, (scope?.from ?? 0) - 200), (scope?.from ?? 0) + 60)
      if (scope && routed.test(before) && written(value, piece)) yield node
    }
  },
  vulnerable: [
    "@app.route('/')\ndef view():\n    name = request.args.get('n')\n    return 'Hello ' + name\n",
    "def view(request):\n    return HttpResponse('<b>%s</b>' % request.GET['n'])\n",
    "def view():\n    name = request.args['n']\n    return make_response(name)\n",
  ],
  fixed: [
    "@app.route('/')\ndef view():\n    name = request.args.get('n')\n    return 'Hello ' + escape(name)\n",
    "@app.route('/')\ndef view():\n    return jsonify(name=request.args.get('n'))\n",
    "def view(request):\n    return HttpResponse('ok')\n",
  ],
})
