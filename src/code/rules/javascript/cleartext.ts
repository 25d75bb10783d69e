import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/cleartext',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-319'],
  title: 'Speaks to another machine without encryption',
  needs: ['http://', 'ws://', 'ftp://'],
  call: {
    name: /^(?:fetch|axios|got|needle|request|superagent)(?:\.(?:get|post|put|patch|delete|head|request))?$|^http\.(?:get|request)$|^\$\.(?:get|post|ajax|getJSON)$|^new (?:WebSocket|EventSource)$/,
    weak: ({ args }, piece) =>
      /^(?:http|ws|ftp):\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1|example\.|\$\{)/.test(flowOf(args[0], piece).text),
  },
  vulnerable: ["fetch('http://code.acme.net/lib.js').then(r => r.text())"],
  fixed: ["fetch('https://code.acme.net/lib.js').then(r => r.text())", "fetch('http://localhost:3000/a')"],
})
