import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'php/debug-on',
  languages: ['php'],
  cwe: ['CWE-489', 'CWE-215'],
  title: 'Shows the inside of the server',
  needs: ['phpinfo', 'var_dump', 'debug', 'Debug', 'xdebug', 'print_r'],
  call: {
    name: /^\\?(?:phpinfo|phpcredits|xdebug_\w+|debug_print_backtrace|Debug::enable)$/,
    weak: ({ name, node }, piece) =>
      !/Debug::enable/.test(name) || !/if\s*\(\s*\$_SERVER\[['"]APP_DEBUG|if \(\$debug/.test(before(node, piece)),
  },
  vulnerable: ['<?php phpinfo();'],
  fixed: ['<?php echo PHP_VERSION;'],
})
