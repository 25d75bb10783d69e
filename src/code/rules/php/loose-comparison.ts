import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/loose-comparison',
  languages: ['php'],
  cwe: ['CWE-697', 'CWE-208', 'CWE-1023'],
  title: 'Compares hashes or secrets loosely or in a time that tells',
  where: function* (piece) {
    for (const node of piece.all('binary_expression')) {
      const operator = shortly(node.field('operator'), 4)
      if (!/^[!=]==?$/.test(operator)) continue
      const sides = [shortly(node.field('left'), 200), shortly(node.field('right'), 200)]
      if (sides.some(side => side === '' || /^(?:null|true|false|''|""|-?\d+|\[\]|['"][^'"]{0,12}['"])$/i.test(side)))
        continue
      const hashed = sides.some(side => /^\\?(?:md5|sha1|hash|hash_hmac|crypt)\(/i.test(side))
      const named = sides.some(side =>
        /\$\w*(?:hash|token|signature|hmac|digest|secret|api_?key|passw(?:or)?d)\b(?:\]|['"]\])?$|\[['"]\w*(?:hash|token|passw(?:or)?d|signature)['"]\]$|->\w*(?:hash|token|passw(?:or)?d|signature)$/i.test(
          side,
        ),
      )
      if (hashed || named) yield node
    }
    for (const { node, name, args } of piece.calls)
      if (/^\\?str(?:case)?cmp$/.test(name) && args.some(arg => /passw|hash|token/i.test(shortly(arg, 80)))) yield node
  },
  vulnerable: ['<?php if (md5($p) == $user["hash"]) { login(); }', '<?php if ($_POST["token"] == $token) { go(); }'],
  fixed: [
    '<?php if (hash_equals($token, $_POST["token"])) { go(); }',
    '<?php if (password_verify($p, $hash)) { login(); }',
    '<?php if ($token === null) { go(); }',
  ],
})
