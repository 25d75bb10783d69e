import { scopeOf } from '../../c.ts'
import { written } from '../../c-uses.ts'
import { rule } from '../../rule.ts'

/** `if (!p)`, `if (p == NULL)` of a plain name. */
const test = /\bif\s*\(\s*(?:!\s*(\w+)|(\w+)\s*==\s*(?:NULL|nullptr|0|\(\s*\w[\w\s]*\*\s*\)\s*(?:NULL|0)))\s*\)/g

export default rule({
  id: 'cpp/used-before-check',
  cwe: ['CWE-476', 'CWE-690'],
  languages: ['cpp'],
  title: 'A pointer is asked whether it is null after it was used',
  needs: ['->'],
  where: piece =>
    piece.all('function_definition').filter(f => {
      const { code, head } = scopeOf(piece, f)
      const body = code.slice(head.length, head.length + 20_000)
      for (const match of [...body.matchAll(test)].slice(0, 40)) {
        const name = match[1] ?? match[2]!
        const before = body.slice(0, match.index)
        const use = new RegExp(`(?<![\\w.>&])${written(name)}\\s*->`).exec(before)
        if (!use) continue
        const between = before.slice(use.index)
        if (
          new RegExp(
            `(?<![\\w.>])${name}\\s*(?:=(?!=)|\\+\\+)|&\\s*${name}\\b|\\b(?:for|while|else|case|goto|return)\\b|\\b${name}\\s*(?:[!=]=|\\))|\\}`,
          ).test(between)
        )
          continue
        if (!/\b(?:if|while|for|\?|&&|\|\|)\s*\(?[^;{}]*$/.test(before.slice(Math.max(0, use.index - 80), use.index)))
          return true
      }
      return false
    }),
  vulnerable: ['int size(struct list *l) {\n  int n = l->count;\n  if (!l) return 0;\n  return n;\n}\n'],
  fixed: ['int size(struct list *l) {\n  if (!l) return 0;\n  return l->count;\n}\n'],
})
