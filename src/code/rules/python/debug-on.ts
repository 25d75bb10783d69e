import { shortly } from '../../calls.ts'
import { isTrue } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/debug-on',
  cwe: ['CWE-489', 'CWE-215'],
  languages: ['python'],
  title: 'Leaves a debugger on for visitors',
  needs: ['debug', 'DEBUG'],
  where: function* (piece) {
    for (const { node, name, named } of piece.calls)
      if (
        /(?:^|\.)(?:run|Flask|FastAPI|Application|run_simple|run_server)$/.test(name) &&
        (isTrue(named.get('debug')) || isTrue(named.get('use_debugger')))
      )
        yield node
    for (const node of piece.all('assignment')) {
      const left = shortly(node.field('left'))
      if (isTrue(node.field('right')) && /^(?:DEBUG|TEMPLATE_DEBUG|app\.debug)$|config\[['"]DEBUG['"]\]$/.test(left))
        yield node
    }
  },
  vulnerable: ['app = Flask(__name__)\napp.run(debug=True)\n', "app.config['DEBUG'] = True\n", 'DEBUG = True\n'],
  fixed: ['app = Flask(__name__)\napp.run()\n', "DEBUG = os.environ.get('DEBUG') == '1'\n"],
})
