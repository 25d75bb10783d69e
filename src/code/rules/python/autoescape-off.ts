import { isFalse } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/autoescape-off',
  cwe: ['CWE-79', 'CWE-116'],
  languages: ['python'],
  title: 'Writes values into pages as they are',
  needs: ['Environment', 'autoescape'],
  call: {
    name: /^(?:jinja2\.|jinja2\.sandbox\.)?(?:Sandboxed|Native)?Environment$|Template$/,
    weak({ name, named, args }, piece) {
      if (isFalse(named.get('autoescape'))) return true
      if (named.has('autoescape') || name.endsWith('Template') || !/jinja/i.test(piece.code)) return false
      return named.has('loader') || args.length === 0
    },
  },
  vulnerable: [
    "from jinja2 import Environment, FileSystemLoader\nenv = Environment(loader=FileSystemLoader('.'))\n",
    'env = jinja2.Environment(autoescape=False)\n',
  ],
  fixed: [
    "from jinja2 import Environment, FileSystemLoader\nenv = Environment(loader=FileSystemLoader('.'), autoescape=True)\n",
  ],
})
