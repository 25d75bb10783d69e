import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'java/cookie-flags',
  languages: ['java'],
  cwe: ['CWE-614', 'CWE-1004'],
  title: 'Sets a cookie that scripts or eavesdroppers can read',
  needs: ['Cookie'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/\.(?:setHttpOnly|setSecure|httpOnly|secure)$/.test(name) && shortly(args[0], 10) === 'false') yield node
      if (
        /^new (?:javax\.servlet\.http\.|jakarta\.servlet\.http\.)?Cookie$/.test(name) &&
        args.length === 2 &&
        !/setHttpOnly\(\s*true|setSecure\(\s*true|setMaxAge\(\s*0\s*\)/.test(around(node, piece))
      )
        yield node
    }
  },
  vulnerable: [
    'class A { void f(HttpServletResponse r, String id) { Cookie c = new Cookie("session", id); r.addCookie(c); } }',
  ],
  fixed: [
    'class A { void f(HttpServletResponse r, String id) { Cookie c = new Cookie("session", id); c.setHttpOnly(true); c.setSecure(true); r.addCookie(c); } }',
  ],
})
