import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/plain-hash-of-password',
  languages: ['php'],
  cwe: ['CWE-916', 'CWE-759'],
  title: 'Keeps a password under a fast hash or a fixed salt',
  needs: ['hash', 'crypt'],
  call: {
    name: /^\\?(?:hash|crypt|password_hash)$/,
    weak: ({ name, args }, piece) => {
      const all = args.map(arg => shortly(arg)).join(' ')
      if (/password_hash$/.test(name)) return /['"]salt['"]\s*=>|['"]cost['"]\s*=>\s*[4-7]\b/.test(all)
      if (/crypt$/.test(name)) return /passw|pwd/i.test(all) && (args.length < 2 || fixedText(args[1], piece) !== null)
      return /^sha(?:2|3|5)/i.test(fixedText(args[0], piece) ?? '') && /passw|pwd/i.test(shortly(args[1]))
    },
  },
  vulnerable: [
    "<?php $h = hash('sha256', $password);",
    '<?php $h = password_hash($p, PASSWORD_BCRYPT, ["salt" => "abcdefghijklmnopqrstuv"]);',
  ],
  fixed: ['<?php $h = password_hash($password, PASSWORD_DEFAULT);'],
})
