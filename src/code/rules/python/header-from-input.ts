import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/header-from-input',
  cwe: ['CWE-113', 'CWE-93'],
  languages: ['python'],
  title: 'Lets a request choose a header or a cookie',
  needs: ['headers', 'set_cookie', 'set_header', 'header'],
  where: function* (piece) {
    for (const node of piece.all('assignment'))
      if (
        /\bheaders\[/.test(shortly(node.field('left'))) &&
        /resp|self\./i.test(shortly(node.field('left'))) &&
        isInput(node.field('right'), piece)
      )
        yield node
    for (const { node, name, args } of piece.calls)
      if (
        /\.(?:set_cookie|set_header|add_header|headers\.(?:add|set|extend))$/.test(name) &&
        args.slice(0, 2).some(a => isInput(a, piece))
      )
        yield node
  },
  vulnerable: [
    "def view():\n    kind = request.args.get('t')\n    response.headers['content-type'] = kind\n",
    "def view():\n    resp.set_cookie('a', request.args['a'])\n",
  ],
  fixed: ["def view():\n    response.headers['content-type'] = 'text/plain'\n"],
})
