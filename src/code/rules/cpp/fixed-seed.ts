import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const engine = /\b(?:mt19937(?:_64)?|minstd_rand0?|default_random_engine|ranlux\w{1,12}|knuth_b)\b\s*(?:\w+\s*)?/g
/** Nothing, a number or the time of day. */
const foreseen = /^(?:[({]\s*(?:\d\w*)?\s*[)}]|[({][^;]{0,60}\b(?:time|clock|now|getpid)\s*\()/

export default rule({
  id: 'cpp/fixed-seed',
  cwe: ['CWE-335', 'CWE-337', 'CWE-336', 'CWE-338'],
  languages: ['cpp'],
  title: 'Random numbers whose beginning can be foretold',
  needs: ['mt19937', 'minstd_rand', 'default_random_engine', 'ranlux', 'knuth_b'],
  where: piece =>
    piece.all('declaration', 'field_declaration', 'expression_statement').filter(node => {
      const text = shortly(node)
      return [...text.matchAll(engine)].some(found => {
        const rest = text.slice(found.index + found[0].length)
        // A bare name may be given its beginning later.
        if (rest[0] === ';') return node.kind() === 'declaration' && !/\.seed\s*\(|random_device/.test(piece.code)
        return foreseen.test(rest)
      })
    }),
  vulnerable: [
    'int roll() {\n  std::mt19937 engine(42);\n  return engine() % 6;\n}\n',
    'void f() { auto engine = std::default_random_engine{}; }\n',
    'void f() { std::mt19937 engine(static_cast<unsigned>(std::time(nullptr))); }\n',
  ],
  fixed: ['int roll() {\n  std::random_device source;\n  std::mt19937 engine(source());\n  return engine() % 6;\n}\n'],
})
