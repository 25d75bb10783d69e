import { lastName, named, placeOf } from '../../c.ts'
import { nextUse, restOfBlock } from '../../c-uses.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Used again before it points to something else; a test of the pointer itself reads no memory. */
function usedAgain(place: string | null, node: Tree, piece: Piece): boolean {
  if (place === null || /\[|(?:\(|\s)\*/.test(shortly(node, 200))) return false
  let rest = restOfBlock(piece, node)
  for (let step = 0; step < 3; step++) {
    const { use, code } = nextUse(place, rest)
    if (use === 'used') return true
    if (use !== 'tested') return false
    rest = code.slice(place.length)
  }
  return false
}

export default rule({
  id: 'cpp/use-after-free',
  cwe: ['CWE-416', 'CWE-415', 'CWE-825', 'CWE-672'],
  languages: ['cpp'],
  title: 'Memory is used or freed after it was freed',
  needs: ['free', 'delete'],
  call: {
    name: named('free|kfree|kvfree|vfree|g_free|xfree|OPENSSL_free|av_free|cfree|fclose'),
    weak: ({ node, name, args }, piece) =>
      args.length === 1 && lastName(name) !== '' && usedAgain(placeOf(args[0]), node, piece),
  },
  where: piece =>
    piece.all('delete_expression').filter(node => usedAgain(placeOf(node.namedChildren().at(-1)), node, piece)),
  vulnerable: [
    'void end(struct item *p) {\n  free(p);\n  log_it(p->name);\n}\n',
    'void end(char *p, int bad) {\n  free(p);\n  if (bad) free(p);\n}\n',
    'int last(Node *n) {\n  delete n;\n  return n->value;\n}\n',
  ],
  fixed: [
    'void end(struct item *p) {\n  log_it(p->name);\n  free(p);\n}\n',
    'void end(char *p, int bad) {\n  free(p);\n  p = NULL;\n  if (bad) free(p);\n}\n',
    'void next(Node *n) {\n  while (n) {\n    Node *after = n->next;\n    delete n;\n    n = after;\n  }\n}\n',
  ],
})
