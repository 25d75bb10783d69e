import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/open-permissions',
  languages: ['ruby'],
  cwe: ['CWE-732', 'CWE-276'],
  title: 'Lets everyone on the machine write',
  needs: ['chmod', 'mkdir', 'umask'],
  call: {
    name: /^(?:File|FileUtils|Dir)\.(?:chmod|chmod_R|mkdir|umask|mkdir_p)$/,
    weak: ({ name, args, named }) =>
      /umask$/.test(name)
        ? /^0+$/.test(shortly(args[0], 8))
        : [args[0], args[1], named.get('mode')].some(
            arg => /^0o?[0-7]*[2367]$/.test(shortly(arg, 8)) || /^['"](?:a|o|ugo)?\+\w*w/.test(shortly(arg, 12)),
          ),
  },
  vulnerable: ['File.chmod(0777, path)', "FileUtils.chmod_R 0777, 'public'"],
  fixed: ['File.chmod(0640, path)'],
})
