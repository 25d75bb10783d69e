import { isInput } from '../../flow.ts'
import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

/** A repeated group that itself ends in a repetition, or begins and ends with what can be the same. */
const nested =
  /\((?:\?:)?[^()]{0,80}[+*]\)[+*{]|\((?:\?:)?(\\[wdsWDS]|\.|\w|\[[^\]]{1,40}\])\|\1\)[+*]|\((?:\?:)?(?:[^()]{0,40}\|)*\.\*?(?:\|[^()]{0,40})*\)[*+]/

export default rule({
  id: 'python/slow-pattern',
  cwe: ['CWE-1333', 'CWE-730', 'CWE-400'],
  languages: ['python'],
  title: 'Matches with a pattern that a visitor can make slow',
  needs: ['re.', 'regex', 'pattern'],
  call: {
    name: /^(?:re|regex)\.(?:compile|match|search|fullmatch|findall|sub|split|finditer)$/,
    weak: ({ args }, piece) =>
      isInput(args[0], piece) ? !/re\.escape/.test(piece.code) : nested.test(literal(args[0]) ?? ''),
  },
  vulnerable: [
    "import re\nre.match(r'^(a+)+$', text)\n",
    "def view():\n    re.search(request.args['p'], 'abc')\n",
    "re.compile(r'([\\w.]+)*@')\n",
  ],
  fixed: [
    "import re\nre.match(r'^a+$', text)\n",
    "def view():\n    re.search(re.escape(request.args['p']), 'abc')\n",
    "re.compile(r'(\\w+)@(\\w+)')\n",
  ],
})
