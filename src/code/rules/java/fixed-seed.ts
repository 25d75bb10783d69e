import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { around, still } from '../../web.ts'

export default rule({
  id: 'java/fixed-seed',
  languages: ['java'],
  cwe: ['CWE-336', 'CWE-335', 'CWE-330'],
  title: 'Begins a secure generator with a seed that is fixed or can be guessed',
  needs: ['SecureRandom'],
  call: {
    name: /^new (?:java\.security\.)?SecureRandom$|\.setSeed$/,
    weak: ({ name, args, node }, piece) =>
      args.length > 0 &&
      (!/setSeed/.test(name) || /SecureRandom/.test(around(node, piece))) &&
      (isConstant(args[0], piece) ||
        still(args[0], piece) ||
        /currentTimeMillis|nanoTime|getBytes\(\)/.test(shortly(args[0]))) &&
      /\d|"|getBytes|Time/.test(shortly(args[0]) + (still(args[0], piece) ? '1' : '')),
  },
  vulnerable: [
    'class A { void f() { SecureRandom r = new SecureRandom("seed".getBytes()); } }',
    'class A { void f() { SecureRandom r = new SecureRandom(); r.setSeed(System.currentTimeMillis()); } }',
  ],
  fixed: ['class A { void f() { SecureRandom r = new SecureRandom(); } }'],
})
