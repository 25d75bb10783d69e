import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/open-permissions',
  cwe: ['CWE-732', 'CWE-276'],
  languages: ['go'],
  title: 'A file that anybody may change',
  needs: ['os.', 'ioutil.', 'syscall.Umask', 'unix.Umask'],
  call: {
    name: /^(?:os|ioutil)\.(?:Chmod|Mkdir|MkdirAll|WriteFile|OpenFile)$|\.Chmod$|^(?:syscall|unix)\.Umask$/,
    weak: ({ name, args }) => {
      const mode = shortly(args.at(-1))
      return name.endsWith('Umask')
        ? /^0+$/.test(mode)
        : /^(?:os\.FileMode\()?0o?[0-7]*[2367]\)?$|^(?:os|fs)\.ModePerm$/.test(mode)
    },
  },
  vulnerable: ['package main\n\nfunc keep(b []byte) error { return os.WriteFile("state.db", b, 0666) }\n'],
  fixed: ['package main\n\nfunc keep(b []byte) error { return os.WriteFile("state.db", b, 0o600) }\n'],
})
