import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { guarded, purposeOf } from '../../web.ts'

export default rule({
  id: 'php/weak-random',
  languages: ['php'],
  cwe: ['CWE-330', 'CWE-338'],
  title: 'Draws from a generator that can be foretold',
  needs: ['rand', 'uniqid', 'str_shuffle', 'lcg_value', 'shuffle', 'microtime'],
  call: {
    name: /^\\?(?:mt_rand|rand|uniqid|srand|mt_srand|lcg_value|str_shuffle|array_rand|shuffle)$/,
    weak: ({ name, node, args }) => {
      if (/(?:^|\\)(?:uniqid|srand|mt_srand)$/.test(name)) return args.length > 0 || guarded.test(purposeOf(node))
      if (/shuffle|array_rand/.test(name)) return guarded.test(purposeOf(node))
      return args.length === 0 || /^\$/.test(shortly(args[0])) || guarded.test(purposeOf(node))
    },
  },
  vulnerable: [
    '<?php $token = md5(mt_rand());',
    '<?php function generateToken($pre) { return uniqid($pre); }',
    '<?php $password = substr(str_shuffle($letters), 0, 8);',
  ],
  fixed: ['<?php $token = bin2hex(random_bytes(16));', '<?php $dice = random_int(1, 6);', '<?php $dice = rand(1, 6);'],
})
