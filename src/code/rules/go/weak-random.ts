import { rule } from '../../rule.ts'

const own =
  /^rand\.(?:Intn?|IntN|N|Int31n?|Int63n?|Int32N|Int64N|Uint32|Uint64|Float32|Float64|Perm|Shuffle|Seed|New|NewSource|NewPCG|NormFloat64)$/

export default rule({
  id: 'go/weak-random',
  cwe: ['CWE-338', 'CWE-330'],
  languages: ['go'],
  title: 'Random numbers that can be foretold',
  needs: ['rand.'],
  call: {
    name: /^(?:rand|mrand|mathrand|r|rng|rnd)\.\w+$/,
    // `rand.Int(source, most)` and `rand.Read(b)` are those of the secure package, unless the other one is named.
    weak: ({ name, args }, piece) => {
      const plain = /"math\/rand(?:\/v2)?"/.test(piece.code)
      if (/^mrand\.|^mathrand\./.test(name)) return plain
      if (/^rand\.(?:Int|Read)$/.test(name)) return plain && args.length === (name.endsWith('Read') ? 1 : 0)
      return own.test(name) && (plain || !/"crypto\/rand"/.test(piece.code))
    },
  },
  vulnerable: ['package main\n\nimport "math/rand"\n\nfunc token() int { return rand.Intn(1000000) }\n'],
  fixed: [
    'package main\n\nimport "crypto/rand"\n\nfunc token() ([]byte, error) {\n\tb := make([]byte, 16)\n\t_, err := rand.Read(b)\n\treturn b, err\n}\n',
  ],
})
