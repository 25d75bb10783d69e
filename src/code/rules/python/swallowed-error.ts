import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/swallowed-error',
  cwe: ['CWE-703', 'CWE-390'],
  languages: ['python'],
  title: 'Goes on as if nothing had failed',
  needs: ['except'],
  where: function* (piece) {
    for (const node of piece.all('except_clause')) {
      const inner = node.namedChildren().filter(c => c.kind() !== 'comment')
      const body = inner.find(c => c.kind() === 'block')
      const done = body?.namedChildren().filter(c => c.kind() !== 'comment') ?? []
      if (
        done.length === 1 &&
        done[0]!.kind() === 'pass_statement' &&
        /^except\s*(?::|\(?(?:Base)?Exception\b|ValueError\b)/.test(shortly(node))
      )
        yield node
    }
  },
  vulnerable: [
    'def f():\n    try:\n        check()\n    except Exception:\n        pass\n',
    'try:\n    check()\nexcept:\n    pass\n',
  ],
  fixed: [
    'def f():\n    try:\n        check()\n    except Exception:\n        logger.exception("check failed")\n        raise\n',
    'try:\n    import fast\nexcept ImportError:\n    pass\n',
  ],
})
