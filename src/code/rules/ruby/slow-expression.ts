import { shortly } from '../../calls.ts'
import { isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/slow-expression',
  languages: ['ruby'],
  cwe: ['CWE-1333', 'CWE-185', 'CWE-777'],
  title: 'A regular expression from what was sent, or one that checks a line and not the text',
  needs: ['Regexp', '=~', 'format', 'with:', '/'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^Regexp\.(?:new|compile)$/.test(name) &&
        args[0] &&
        isHandedIn(args[0], piece) &&
        !/escape/.test(shortly(args[0]))
      )
        yield node
    for (const node of piece.all('pair'))
      if (/^(?:with|format):\s*\/\^[\s\S]*\$\/\w*$/.test(shortly(node)) && !/multiline/.test(shortly(node.parent())))
        yield node
  },
  vulnerable: ['def f\n  Regexp.new(params[:q])\nend', 'validates :name, format: { with: /^[a-z]+$/ }'],
  fixed: ['def f\n  Regexp.new(Regexp.escape(params[:q]))\nend', 'validates :name, format: { with: /\\A[a-z]+\\z/ }'],
})
