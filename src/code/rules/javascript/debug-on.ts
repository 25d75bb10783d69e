import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'javascript/debug-on',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-489', 'CWE-215'],
  title: 'Leaves what was made for debugging switched on',
  needs: [
    'debug',
    'errorhandler',
    'errorHandler',
    'dumpExceptions',
    'showStack',
    'inspect',
    'graphiql',
    'introspection',
    'playground',
  ],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (
        /^['"]?(?:debug|showStack|dumpExceptions|graphiql|playground|introspection)['"]?\s*:\s*true$/.test(
          shortly(node),
        )
      )
        yield node
    for (const node of piece.all('assignment_expression'))
      if (
        /(?:^|\.)(?:debug|DEBUG)$/.test(shortly(node.field('left'), 80)) &&
        shortly(node.field('right'), 8) === 'true'
      )
        yield node
    for (const node of piece.all('debugger_statement')) yield node
    for (const { node, name } of piece.calls)
      if (
        /^(?:errorhandler|errorHandler|express\.errorHandler)$/.test(name) &&
        /\.use\(/.test(shortly(node.parent()?.parent(), 200)) &&
        !/development/.test(before(node, piece).slice(-300))
      )
        yield node
  },
  vulnerable: ['const app = createServer({ debug: true })', 'app.use(express.errorHandler({ dumpExceptions: true }))'],
  fixed: ['const app = createServer({ debug: false })'],
})
