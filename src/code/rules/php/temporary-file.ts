import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/temporary-file',
  languages: ['php'],
  cwe: ['CWE-377', 'CWE-379'],
  title: 'Writes to a temporary file whose name others can foresee',
  needs: ['/tmp', 'sys_get_temp_dir'],
  call: {
    name: /^\\?(?:fopen|file_put_contents|touch)$/,
    weak: ({ args }, piece) =>
      (/^\/(?:var\/)?tmp\//.test(flowOf(args[0], piece).text) || /sys_get_temp_dir\(\)/.test(shortly(args[0]))) &&
      !/random|tempnam/.test(shortly(args[0])) &&
      !/^['"]r/.test(shortly(args[1])),
  },
  vulnerable: ["<?php file_put_contents('/tmp/report.txt', $data);"],
  fixed: ["<?php $f = tempnam(sys_get_temp_dir(), 'a'); file_put_contents($f, $data);"],
})
