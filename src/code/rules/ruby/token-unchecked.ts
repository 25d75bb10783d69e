import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/token-unchecked',
  languages: ['ruby'],
  cwe: ['CWE-347', 'CWE-345'],
  title: 'Believes a token whose signature nobody checked',
  needs: ['JWT'],
  call: {
    name: /^JWT\.(?:decode|encode)$/,
    weak: ({ args, named }) =>
      shortly(args[2], 8) === 'false' ||
      /['"]none['"]/i.test(shortly(args[2])) ||
      /['"]none['"]/i.test(shortly(named.get('algorithm'))),
  },
  vulnerable: ['JWT.decode(token, nil, false)', "JWT.encode(payload, nil, 'none')"],
  fixed: ["JWT.decode(token, key, true, algorithm: 'HS256')"],
})
