import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'php/any-origin',
  languages: ['php'],
  cwe: ['CWE-942', 'CWE-346'],
  title: 'Lets scripts of every site read the answers',
  needs: ['Access-Control-Allow-Origin', 'allowed_origins'],
  where: function* (piece) {
    for (const { node, args } of piece.calls)
      if (
        args
          .slice(0, 2)
          .some(
            arg =>
              /access-control-allow-origin/i.test(shortly(arg)) &&
              /\*|HTTP_ORIGIN/.test(args.map(one => shortly(one)).join(' ')),
          ) &&
        !/in_array/.test(before(node, piece).slice(-600))
      )
        yield node
    for (const node of piece.all('array_element_initializer'))
      if (/^['"](?:allowed_origins|Access-Control-Allow-Origin)['"]\s*=>\s*\[?\s*['"]\*/i.test(shortly(node)))
        yield node
  },
  vulnerable: [
    "<?php header('Access-Control-Allow-Origin: *');",
    "<?php $r->headers->set('Access-Control-Allow-Origin', '*');",
  ],
  fixed: ["<?php header('Access-Control-Allow-Origin: https://app.example.org');"],
})
