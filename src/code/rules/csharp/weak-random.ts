import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/weak-random',
  cwe: ['CWE-338', 'CWE-330'],
  languages: ['csharp'],
  title: 'Random numbers that can be foretold',
  needs: ['Random', 'rand', 'rnd', 'rng'],
  call: {
    name: /^new (?:System\.)?Random$|(?:^|\.)Random\.(?:Range|Next\w*|Shared\.\w+|RandomRange)$|(?:^|\.)_?(?:\w*[Rr]and(?:om)?|rnd|rng|_?gen|generator)(?:\(\))?\.Next(?:Int64|Bytes|Double|Single)?$/,
    weak: ({ name }) => !/RandomNumberGenerator/.test(name),
  },
  vulnerable: [
    'public string Token() {\n  var random = new Random();\n  return random.Next(100000, 999999).ToString();\n}\n',
  ],
  fixed: ['public string Token() {\n  return RandomNumberGenerator.GetInt32(100000, 999999).ToString();\n}\n'],
})
