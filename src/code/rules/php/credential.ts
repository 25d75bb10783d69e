import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { credentialName, credentialValue, literalOf } from '../../web.ts'

export default rule({
  id: 'php/credential',
  languages: ['php'],
  cwe: ['CWE-798', 'CWE-259'],
  title: 'Holds a password or a key in the code',
  where: function* (piece) {
    for (const node of piece.all(
      'assignment_expression',
      'property_element',
      'const_element',
      'array_element_initializer',
    )) {
      const inner = node.namedChildren()
      if (inner.length < 2) continue
      const name = shortly(inner[0], 120)
      if (credentialName.test(name) && credentialValue(literalOf(inner.at(-1)))) yield node
    }
    for (const { node, name, args } of piece.calls) {
      if (
        /^\\?define$/.test(name) &&
        credentialName.test(literalOf(args[0]) ?? '') &&
        credentialValue(literalOf(args[1]))
      )
        yield node
      if (/^\\?mysqli?_connect$|^new \\?(?:mysqli|PDO)$/.test(name) && (literalOf(args[2])?.length ?? 0) > 0) yield node
    }
  },
  vulnerable: [
    "<?php $password = 'hunter2!';",
    "<?php define('DB_PASSWORD', 's3cr3t');",
    "<?php $c = mysqli_connect('localhost', 'root', 'root');",
  ],
  fixed: [
    "<?php $password = getenv('DB_PASSWORD');",
    '<?php $c = mysqli_connect($host, $user, $pass);',
    "<?php $password = $_POST['password'];",
  ],
})
