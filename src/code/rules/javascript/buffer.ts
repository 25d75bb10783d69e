import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/buffer',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-770', 'CWE-908'],
  title: 'Makes a buffer by its old constructor, whose meaning hangs on the type of what it gets',
  needs: ['Buffer'],
  call: {
    name: /^(?:new )(?:Slow)?Buffer$|^SlowBuffer$|^Buffer$/,
    weak: ({ args }, piece) => !!args[0] && (!isConstant(args[0], piece) || args[0].kind() === 'number'),
  },
  vulnerable: ['function f(size) { return new Buffer(size) }'],
  fixed: ['function f(size) { return Buffer.alloc(size) }', 'const b = Buffer.from(text)'],
})
