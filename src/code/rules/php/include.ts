import { isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'php/include',
  languages: ['php'],
  cwe: ['CWE-98', 'CWE-22', 'CWE-829'],
  title: 'Includes a file that was handed in',
  needs: ['include', 'require'],
  where: function* (piece) {
    for (const node of piece.all(
      'include_expression',
      'include_once_expression',
      'require_expression',
      'require_once_expression',
    )) {
      const value = node.namedChildren().at(-1)
      if (value && isHandedIn(value, piece) && !checks.test(before(node, piece).slice(-1500))) yield node
    }
  },
  vulnerable: ['<?php include $_GET["page"] . ".php";', '<?php function view($name) { require "views/" . $name; }'],
  fixed: [
    '<?php include "pages/home.php";',
    '<?php $p = $_GET["page"]; if (!in_array($p, $pages, true)) { $p = "home"; } include "pages/$p.php";',
  ],
})
