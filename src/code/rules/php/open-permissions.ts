import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/open-permissions',
  languages: ['php'],
  cwe: ['CWE-732', 'CWE-276'],
  title: 'Lets everyone on the machine write',
  needs: ['chmod', 'mkdir', 'umask'],
  call: {
    name: /(?:^\\?|->|::)(?:chmod|mkdir|umask|makeDirectory)$/,
    weak: ({ name, args }) =>
      /umask$/.test(name)
        ? /^0+$/.test(shortly(args[0], 8))
        : /^0?[0-7]*[2367]$/.test(shortly(args[1], 8)) && /^0/.test(shortly(args[1], 8)),
  },
  vulnerable: ['<?php chmod($file, 0777);', '<?php mkdir($dir, 0777, true);'],
  fixed: ['<?php chmod($file, 0640);', '<?php mkdir($dir, 0750, true);'],
})
