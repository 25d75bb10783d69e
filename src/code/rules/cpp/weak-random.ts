import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/weak-random',
  cwe: ['CWE-338', 'CWE-330', 'CWE-337'],
  languages: ['cpp'],
  title: 'Random numbers that can be foretold',
  needs: ['rand'],
  call: {
    name: /(?:^|::)(?:rand|rand_r|random|drand48|lrand48|mrand48|erand48|nrand48|srand|srandom|srand48)$|(?:\.|->)rand$/,
  },
  vulnerable: [
    'void token(char *out) {\n  for (int i = 0; i < 16; i++) out[i] = "0123456789abcdef"[rand() % 16];\n}\n',
  ],
  fixed: [
    'int token(unsigned char *out) { return getrandom(out, 16, 0) == 16 ? 0 : -1; }\n',
    'int dice() {\n  std::random_device source;\n  std::uniform_int_distribution<int> side(1, 6);\n  return side(source);\n}\n',
  ],
})
