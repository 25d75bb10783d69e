import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/bind-all',
  cwe: ['CWE-605', 'CWE-1327', 'CWE-200'],
  languages: ['python'],
  title: 'Listens on every network',
  needs: ['0.0.0.0', 'bind'],
  call: {
    name: /(?:^|\.)(?:bind|run|listen|serve|make_server|create_server|HTTPServer|TCPServer|start_server)$/,
    weak: ({ args, named }) =>
      /^\(?\s*["'](?:0\.0\.0\.0|::)?["']\s*,/.test(shortly(args[0])) ||
      /^["'](?:0\.0\.0\.0|::)["']$/.test(shortly(named.get('host') ?? args[0])),
  },
  vulnerable: ["s.bind(('0.0.0.0', port))\n", "app.run(host='0.0.0.0')\n", "s.bind(('', 80))\n"],
  fixed: ["s.bind(('127.0.0.1', port))\n", 'app.run()\n'],
})
