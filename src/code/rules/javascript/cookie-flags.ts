import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'javascript/cookie-flags',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-614', 'CWE-1004'],
  title: 'Sets a cookie that scripts or eavesdroppers can read',
  needs: ['cookie', 'Cookie', 'httpOnly', 'secure'],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (
        /^['"]?(?:httpOnly|secure)['"]?\s*:\s*false$/.test(shortly(node)) &&
        /cookie|session/i.test(around(node, piece))
      )
        yield node
    for (const { node, name, args } of piece.calls) {
      if (
        !/(?:^|\.)(?:res|response|reply|ctx\.cookies)(?:\.status\(\))?\.(?:cookie|setCookie|set)$/.test(name) ||
        /^(?:res|response|reply)\.set$/.test(name)
      )
        continue
      if (args.length < 2 || !/sess|token|auth|jwt|sid|user|remember|login/i.test(shortly(args[0]))) continue
      const options = shortly(args[2], 2000)
      if (
        args[2] === undefined ||
        (options.startsWith('{') && !/\.\.\./.test(options) && !(/httpOnly/.test(options) && /secure/.test(options)))
      )
        yield node
    }
  },
  vulnerable: ["res.cookie('session', id, { httpOnly: false })", "res.cookie('token', token)"],
  fixed: ["res.cookie('session', id, { httpOnly: true, secure: true, sameSite: 'strict' })"],
})
