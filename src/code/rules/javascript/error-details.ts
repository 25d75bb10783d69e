import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/error-details',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-209', 'CWE-200'],
  title: 'Shows the visitor the inside of an error',
  needs: ['stack', 'err', 'error'],
  call: {
    name: /(?:^|\.)(?:res|response|reply)(?:\.(?:status|code)\(\))?\.(?:send|json|end|write)$/,
    weak: ({ args }) =>
      args.some(arg =>
        /\b(?:e|err|error|ex|exception)\.stack\b|^(?:err|error|e|ex)$|\b(?:sqlMessage|sql)\b\s*[,}]/.test(
          shortly(arg, 400),
        ),
      ),
  },
  vulnerable: ['app.use((err, req, res, next) => { res.status(500).send(err.stack) })'],
  fixed: ["app.use((err, req, res, next) => { console.error(err); res.status(500).send('Something went wrong') })"],
})
