import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const leastBits = 2048
const leastRounds = 10_000
const leastCost = 10

export default rule({
  id: 'go/weak-key',
  cwe: ['CWE-326', 'CWE-916'],
  languages: ['go'],
  title: 'A key that is too short, or a password that is too cheap to guess',
  needs: ['rsa.', 'pbkdf2.', 'bcrypt.', 'dsa.'],
  call: {
    name: /^(?:rsa\.Generate(?:MultiPrime)?Key|pbkdf2\.Key|bcrypt\.GenerateFromPassword|dsa\.GenerateParameters)$/,
    weak: ({ name, args }) => {
      const last = shortly(args.at(name.startsWith('pbkdf2') ? 2 : -1)).replaceAll('_', '')
      if (name.startsWith('rsa')) return Number(last) < leastBits
      if (name.startsWith('pbkdf2')) return Number(last) < leastRounds
      return name.startsWith('dsa') || last === 'bcrypt.MinCost' || Number(last) < leastCost
    },
  },
  vulnerable: ['package main\n\nfunc make() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 1024) }\n'],
  fixed: ['package main\n\nfunc make() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 3072) }\n'],
})
