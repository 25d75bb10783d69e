import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/error-text',
  languages: ['php'],
  cwe: ['CWE-209', 'CWE-200', 'CWE-79'],
  title: 'Ends with a text for the visitor that should stay inside',
  needs: [
    'die',
    'exit',
    'error_reporting',
    'display_errors',
    'mysqli_error',
    'mysql_error',
    'getMessage',
    'getTraceAsString',
    'WP_DEBUG',
    'APP_DEBUG',
  ],
  where: function* (piece) {
    for (const node of piece.all('exit_statement', 'exit_expression'))
      if (
        /\$_(?:GET|POST|REQUEST|COOKIE)|mysqli?_(?:error|connect_error)|->error\b|getTraceAsString|getMessage\(\)/.test(
          shortly(node),
        )
      )
        yield node
    for (const { node, name, args } of piece.calls) {
      if (
        /^ini_set$/.test(name) &&
        /^display_(?:startup_)?errors$/.test(fixedText(args[0], piece) ?? '') &&
        /^(?:1|true|['"](?:1|on|true|stdout)['"])$/i.test(shortly(args[1], 20))
      )
        yield node
      else if (
        /^(?:die|exit)$/i.test(name) &&
        /\$_(?:GET|POST|REQUEST|COOKIE)|mysqli?_(?:error|connect_error)|->error\b|getTraceAsString|getMessage\(\)/.test(
          args.map(arg => shortly(arg)).join(),
        )
      )
        yield node
      else if (
        /^define$/.test(name) &&
        /DEBUG/.test(fixedText(args[0], piece) ?? '') &&
        /^true$/i.test(shortly(args[1], 8))
      )
        yield node
    }
    for (const node of piece.all('echo_statement'))
      if (/getTraceAsString|mysqli?_error\(/.test(shortly(node))) yield node
  },
  vulnerable: [
    "<?php ini_set('display_errors', 1);",
    '<?php die($_GET["error"]);',
    '<?php $r = mysqli_query($c, $q) or die(mysqli_error($c));',
  ],
  fixed: ["<?php ini_set('display_errors', 0);", '<?php error_log($e); die("Something went wrong");'],
})
