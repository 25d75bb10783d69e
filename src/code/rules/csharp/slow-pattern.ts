import { shortly } from '../../calls.ts'
import { isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

/** A repeated group that repeats inside: `(a+)+`. */
const nested = /\([^()]{0,80}[+*]\)[+*{]/

export default rule({
  id: 'csharp/slow-pattern',
  cwe: ['CWE-1333', 'CWE-400', 'CWE-730'],
  languages: ['csharp'],
  title: 'A pattern that some texts keep busy for ages',
  needs: ['Regex'],
  call: {
    name: /^new (?:[\w.]+\.)?Regex$|(?:^|\.)Regex\.(?:IsMatch|Match|Matches|Replace|Split)$/,
    weak: ({ name, args }, piece) => {
      const pattern = args[name.startsWith('new ') ? 0 : 1]
      if (args.some(a => /TimeSpan|[Tt]imeout|NonBacktracking/.test(shortly(a)))) return false
      return isHandedIn(pattern, piece) ? !/Regex\.Escape/.test(piece.code) : nested.test(shortly(pattern))
    },
  },
  vulnerable: ['public bool Fits(string text) { return Regex.IsMatch(text, "^(a+)+$"); }\n'],
  fixed: ['public bool Fits(string text) { return Regex.IsMatch(text, "^a+$"); }\n'],
})
