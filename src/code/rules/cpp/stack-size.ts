import { checked, constant, named, placesIn } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/stack-size',
  cwe: ['CWE-770', 'CWE-789', 'CWE-121', 'CWE-680'],
  languages: ['cpp'],
  title: 'As much of the stack as the input asks for',
  needs: ['alloca'],
  call: {
    name: named('alloca|_alloca|_malloca|__builtin_alloca'),
    weak: ({ node, args: [size] }, piece) =>
      !constant(size) && !placesIn(shortly(size)).some(place => checked(place, piece, node)),
  },
  vulnerable: ['void work(size_t n) {\n  char *p = alloca(n);\n  fill(p, n);\n}\n'],
  fixed: ['void work(size_t n) {\n  if (n > 4096) return;\n  char *p = alloca(n);\n  fill(p, n);\n}\n'],
})
