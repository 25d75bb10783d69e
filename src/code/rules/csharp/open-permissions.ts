import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/open-permissions',
  cwe: ['CWE-732', 'CWE-276'],
  languages: ['csharp'],
  title: 'A file that anybody may change',
  needs: ['AccessRule', 'UnixFileMode', 'chmod'],
  call: {
    name: /^new (?:[\w.]+\.)?(?:\w+AccessRule)$|SetUnixFileMode$/,
    weak: ({ name, args }) => {
      const texts = args.map(a => shortly(a)).join(' ')
      if (/SetUnixFileMode/.test(name)) return /OtherWrite/.test(texts)
      return /"Everyone"|WorldSid/.test(texts) && /FullControl|Write|Modify/.test(texts)
    },
  },
  vulnerable: [
    'var rule = new FileSystemAccessRule("Everyone", FileSystemRights.FullControl, AccessControlType.Allow);\n',
  ],
  fixed: ['var rule = new FileSystemAccessRule(owner, FileSystemRights.Read, AccessControlType.Allow);\n'],
})
