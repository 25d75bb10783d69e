import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/debug-left-on',
  cwe: ['CWE-489', 'CWE-215', 'CWE-200'],
  languages: ['go'],
  title: 'Shows its inside to visitors',
  needs: ['net/http/pprof', 'gin.DebugMode', 'expvar', 'debug.Stack', 'debug.PrintStack'],
  where: function* (piece) {
    for (const node of piece.all('import_spec')) if (/"(?:net\/http\/pprof|expvar)"$/.test(shortly(node))) yield node
    for (const { node, name, args } of piece.calls) {
      if (name === 'gin.SetMode' && shortly(args[0]) === 'gin.DebugMode') yield node
      if (
        /Fprint|\.Write$|http\.Error|\.JSON$|\.String$/.test(name) &&
        args.some(a => /debug\.Stack\(\)/.test(shortly(a)))
      )
        yield node
    }
  },
  vulnerable: ['package main\n\nimport _ "net/http/pprof"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'],
  fixed: ['package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'],
})
