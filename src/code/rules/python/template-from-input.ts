import { isConstant, isHandedIn } from '../../flow.ts'
import { varies } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/template-from-input',
  cwe: ['CWE-94', 'CWE-1336', 'CWE-79'],
  languages: ['python'],
  title: 'Makes a template of a value',
  needs: ['render_template_string', 'Template', 'from_string'],
  call: {
    name: /(?:^|\.)render_template_string$|^(?:jinja2\.|mako\.template\.|flask\.|django\.template\.)?Template$|\.from_string$/,
    weak({ name, args }, piece) {
      if (name.endsWith('render_template_string')) return varies(args[0], piece)
      return !isConstant(args[0], piece) && isHandedIn(args[0], piece)
    },
  },
  vulnerable: [
    "def view():\n    name = request.args['n']\n    return render_template_string('<p>' + name)\n",
    "from jinja2 import Template\ndef f():\n    return Template(request.form['t']).render()\n",
  ],
  fixed: [
    "def view():\n    return render_template_string('<p>{{ n }}', n=request.args['n'])\n",
    "from string import Template\nt = Template('$who likes $what')\n",
  ],
})
