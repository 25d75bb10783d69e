import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'php/header-text',
  languages: ['php'],
  cwe: ['CWE-601', 'CWE-113'],
  title: 'Writes what was sent into a header of the answer',
  needs: ['header', 'mail', 'setcookie'],
  call: {
    name: /^\\?(?:header|mail|setrawcookie)$/,
    weak: ({ name, args }, piece) =>
      (name.endsWith('mail') ? args.slice(3, 4) : args.slice(0, 1)).some(arg => isInput(arg, piece)) &&
      !checks.test(before(args[0]!, piece).slice(-1000)) &&
      !/urlencode|filter|str_replace|preg_replace/.test(before(args[0]!, piece).slice(-1000)),
  },
  vulnerable: [
    '<?php header("X-Name: " . $_GET["name"]);',
    '<?php mail($to, "Hello", $text, "From: " . $_POST["from"]);',
  ],
  fixed: ['<?php header("X-Name: " . urlencode($_GET["name"]));'],
})
