import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before } from '../../web.ts'

/** Holds what was sent, and nothing made it harmless. */
const foreign = (value: Tree, piece: Piece): boolean =>
  isInput(value, piece) &&
  !/htmlspecialchars|htmlentities|esc_|escape|strip_tags|purif|json_(?:en|de)code|intval|filter_|\(int\)|\be\(|\$_SERVER\b(?![\s\S]*\$_(?:GET|POST|REQUEST|COOKIE))/.test(
    shortly(value, 2000) || before(value, piece).slice(-400),
  )

export default rule({
  id: 'php/markup',
  languages: ['php'],
  cwe: ['CWE-79', 'CWE-80'],
  title: 'Prints what was sent as it is',
  needs: ['$_', 'echo', 'print', 'input', 'request'],
  where: function* (piece) {
    for (const node of piece.all('echo_statement', 'print_intrinsic'))
      for (const value of node.namedChildren())
        if (foreign(value, piece)) {
          yield node
          break
        }
    for (const node of piece.all('expression_statement'))
      if (
        /<\?=\s*$/.test(piece.code.slice(Math.max(0, node.range().start.index - 8), node.range().start.index)) &&
        foreign(node, piece)
      )
        yield node
    for (const { node, name, args } of piece.calls)
      if (/^(?:printf|vprintf|print)$/.test(name) && args.some(arg => foreign(arg, piece))) yield node
  },
  vulnerable: ['<?php echo "Hello " . $_GET["name"];', '<?php $n = $_POST["n"]; print $n;', '<p><?= $_GET["q"] ?></p>'],
  fixed: ['<?php echo "Hello " . htmlspecialchars($_GET["name"]);', '<?php $n = (int) $_POST["n"]; print $n;'],
})
