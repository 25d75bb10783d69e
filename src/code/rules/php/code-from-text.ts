import { shortly } from '../../calls.ts'
import { isConstant, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/code-from-text',
  languages: ['php'],
  cwe: ['CWE-95', 'CWE-94'],
  title: 'Runs a text as code',
  needs: ['eval', 'assert', 'create_function', 'preg_replace', 'call_user_func', 'array_map', '$'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /^\\?(?:eval|assert|create_function)$/i.test(name) &&
        args.some(arg => !isConstant(arg, piece)) &&
        !(/assert$/i.test(name) && !/^(?:["'$]|variable|encapsed)/.test(shortly(args[0])))
      )
        yield node
      else if (/^\\?create_function$/i.test(name)) yield node
      else if (
        /^\\?preg_replace$/.test(name) &&
        /^(['"])([/#~|@!%]).*\2[imsxuADSUXJ]*e[imsxuADSUXJ]*\1$/s.test(shortly(args[0]))
      )
        yield node
      else if (
        /^\\?(?:call_user_func(?:_array)?|array_map|usort|array_filter|ob_start)$/.test(name) &&
        isInput(args[0], piece)
      )
        yield node
      else if (/^\$_(?:GET|POST|REQUEST|COOKIE)\b/.test(name)) yield node
    }
    for (const node of piece.all('function_call_expression')) {
      const called = node.field('function')
      if (called && /^(?:variable_name|subscript_expression)$/.test(String(called.kind())) && isInput(called, piece))
        yield node
    }
    for (const node of piece.all('object_creation_expression'))
      if (node.child(1)?.kind() === 'variable_name' && isInput(node.child(1), piece)) yield node
  },
  vulnerable: [
    '<?php eval($_POST["code"]);',
    '<?php preg_replace("/(.*)/e", $x, $y);',
    '<?php $f = $_GET["f"]; $f();',
    '<?php $f = create_function("$a", "return 1;");',
  ],
  fixed: [
    '<?php $v = json_decode($_POST["data"]);',
    '<?php preg_replace("/a/i", "b", $y);',
    '<?php assert(is_int($x));',
  ],
})
