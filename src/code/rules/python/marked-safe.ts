import { varies } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/marked-safe',
  cwe: ['CWE-79', 'CWE-80'],
  languages: ['python'],
  title: 'Says that a value needs no escaping',
  needs: ['mark_safe', 'Markup', 'SafeString', 'SafeText', 'allow_tags', 'HTML('],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (/(?:^|\.)(?:mark_safe|Markup|SafeString|SafeText|SafeUnicode)$/.test(name) && varies(args[0], piece))
        yield node
    for (const node of piece.all('assignment'))
      if (/\.allow_tags\s*=\s*True$/.test(node.text().slice(0, 120))) yield node
  },
  vulnerable: [
    "def f(name):\n    return mark_safe('<b>%s</b>' % name)\n",
    'from markupsafe import Markup\ndef f(x):\n    return Markup(x)\n',
  ],
  fixed: ["def f(name):\n    return format_html('<b>{}</b>', name)\n", "line = mark_safe('<br>')\n"],
})
