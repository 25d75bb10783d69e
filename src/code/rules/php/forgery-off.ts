import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/forgery-off',
  languages: ['php'],
  cwe: ['CWE-352'],
  title: 'Switches the protection against forged requests off',
  needs: ['csrf', 'Csrf', 'VerifyCsrfToken'],
  where: function* (piece) {
    for (const node of piece.all('array_element_initializer'))
      if (/^['"]\w*csrf\w*['"]\s*=>\s*(?:false|0)$/i.test(shortly(node))) yield node
    for (const node of piece.all('assignment_expression', 'property_element'))
      if (/(?:enableCsrf\w*|csrf\w*)\s*=\s*(?:false|0)$|^\$except\s*=\s*\[\s*['"]\*/i.test(shortly(node))) yield node
    for (const { node, name, args } of piece.calls)
      if (/withoutMiddleware$/.test(name) && /csrf/i.test(shortly(args[0]))) yield node
  },
  vulnerable: [
    "<?php $f = $this->createForm(['csrf_protection' => false]);",
    '<?php class A { public $enableCsrfValidation = false; }',
  ],
  fixed: ["<?php $f = $this->createForm(['csrf_protection' => true]);"],
})
