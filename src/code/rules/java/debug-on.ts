import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/debug-on',
  languages: ['java'],
  cwe: ['CWE-489', 'CWE-209', 'CWE-215'],
  title: 'Shows the visitor the inside of an error or leaves debugging on',
  needs: ['printStackTrace', 'setDebug', 'getMessage', 'setWebContentsDebuggingEnabled', 'debug'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /\.printStackTrace$/.test(name) &&
        args.length > 0 &&
        /response|resp\.|getWriter|out\b/.test(shortly(args[0]))
      )
        yield node
      if (
        /(?:setDebug|setWebContentsDebuggingEnabled|web\.debug|\.debug)$/.test(name) &&
        shortly(args[0], 8) === 'true'
      )
        yield node
      if (
        /getWriter\(\)\.(?:print|println|write)$/.test(name) &&
        /getStackTrace|\be\.toString\(\)|\be(?:x)?\.getMessage\(\)/.test(shortly(args[0]))
      )
        yield node
    }
  },
  vulnerable: [
    'class A { void f(HttpServletResponse response, Exception e) throws Exception { e.printStackTrace(response.getWriter()); } }',
  ],
  fixed: [
    'class A { void f(HttpServletResponse response, Exception e) throws Exception { log.error("failed", e); response.sendError(500); } }',
  ],
})
