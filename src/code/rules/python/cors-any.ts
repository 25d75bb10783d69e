import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const any = /^\[?\s*\(?["']\*["']/

export default rule({
  id: 'python/cors-any',
  cwe: ['CWE-942', 'CWE-346'],
  languages: ['python'],
  title: 'Lets pages of any origin read answers',
  needs: ['origin', 'Origin', 'ORIGIN', 'CORS'],
  where: function* (piece) {
    for (const { node, name, named, args } of piece.calls) {
      if ([named.get('origins'), named.get('allow_origins')].some(v => any.test(shortly(v)))) yield node
      if (
        /headers\.add|set_header|add_header/.test(name) &&
        /Allow-Origin/i.test(shortly(args[0])) &&
        any.test(shortly(args[1]))
      )
        yield node
    }
    for (const node of piece.all('assignment')) {
      const left = shortly(node.field('left'))
      const right = shortly(node.field('right'))
      if (/Allow-Origin/i.test(left) && any.test(right)) yield node
      if (/CORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)$/.test(left) && right === 'True') yield node
    }
    for (const node of piece.all('pair'))
      if (/Allow-Origin|^["']origins["']$/i.test(shortly(node.field('key'))) && any.test(shortly(node.field('value'))))
        yield node
  },
  vulnerable: [
    "CORS(app, origins='*')\n",
    'CORS(app, resources={r"/*": {"origins": "*"}}, supports_credentials=True)\n',
    "response.headers['Access-Control-Allow-Origin'] = '*'\n",
    'CORS_ORIGIN_ALLOW_ALL = True\n',
    "app.add_middleware(CORSMiddleware, allow_origins=['*'])\n",
  ],
  fixed: ["CORS(app, origins='https://example.com')\n", "response.headers['Access-Control-Allow-Origin'] = SITE\n"],
})
