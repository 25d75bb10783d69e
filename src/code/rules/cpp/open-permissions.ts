import { lastName, named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

/** Others may write: in octal, or by name. */
const anybody = /^0[0-7]*[2367]$|\bS_IWOTH\b|\bS_IRWXO\b|\bperms::(?:all|others_all|others_write)\b/

export default rule({
  id: 'cpp/open-permissions',
  cwe: ['CWE-732', 'CWE-276', 'CWE-275'],
  languages: ['cpp'],
  title: 'A file that anybody may change',
  needs: ['chmod', 'umask', 'open', 'mkdir', 'creat', 'permissions', 'mkfifo'],
  call: {
    name: named(
      'f?chmod|fchmodat|umask|open|openat|creat|mkdir|mkdirat|mkfifo|(?:fs::|filesystem::)?permissions|shm_open|mq_open',
    ),
    weak: ({ name, args }) =>
      lastName(name) === 'umask'
        ? /^0+$/.test(shortly(args[0]))
        : args.slice(1).some(mode => anybody.test(shortly(mode))),
  },
  vulnerable: ['void keep(const char *path) { chmod(path, 0777); }\n', 'void start(void) { umask(0); }\n'],
  fixed: ['void keep(const char *path) { chmod(path, 0600); }\n', 'void start(void) { umask(077); }\n'],
})
