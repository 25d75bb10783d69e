import { shortly } from '../../calls.ts'
import { isHandedIn } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before } from '../../web.ts'

/** What a variable was last set to. */
const sourceText = (value: Tree | undefined, piece: Piece): string =>
  value ? shortly(piece.names.definitionsOf(shortly(value), value.range().start.index).at(-1)?.value) : ''

export default rule({
  id: 'php/variables-from-input',
  languages: ['php'],
  cwe: ['CWE-621', 'CWE-473', 'CWE-915'],
  title: 'Makes variables or fields out of whatever was sent',
  needs: ['extract', 'parse_str', '$$', 'import_request_variables', '->all()', 'fill', 'create', 'guarded'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /^\\?extract$/.test(name) &&
        isHandedIn(args[0], piece) &&
        !/EXTR_SKIP/.test(shortly(args[1])) &&
        /\$_|request|input/i.test(shortly(args[0]) + sourceText(args[0], piece))
      )
        yield node
      else if (/^\\?(?:parse_str|mb_parse_str)$/.test(name) && args.length === 1) yield node
      else if (/^\\?import_request_variables$/.test(name)) yield node
      else if (
        /(?:::|->)(?:create|fill|forceFill|update|insert)$/.test(name) &&
        args.some(arg =>
          /^\$_(?:POST|REQUEST|GET)$|^(?:\$request|request\(\)|Request|Input)(?:->|::)(?:all|input|post)\(\)$/.test(
            shortly(arg, 80),
          ),
        )
      )
        yield node
    }
    for (const node of piece.all('dynamic_variable_name'))
      if (/foreach\s*\(\s*\$_(?:GET|POST|REQUEST)|\$\{?\$_(?:GET|POST|REQUEST)/.test(before(node, piece).slice(-400)))
        yield node
    for (const node of piece.all('property_element')) if (/^\$guarded\s*=\s*\[\s*\]$/.test(shortly(node))) yield node
  },
  vulnerable: [
    '<?php extract($_POST);',
    '<?php parse_str($_SERVER["QUERY_STRING"]);',
    '<?php User::create($request->all());',
  ],
  fixed: ['<?php parse_str($text, $out);', '<?php User::create($request->only(["name"]));'],
})
