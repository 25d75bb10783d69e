import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Written by everybody, or run by the group: what Bandit calls permissive too. */
function loose(node: Tree | undefined): boolean {
  const text = shortly(node)
  if (/\bS_I(?:W|RWX)O\b|S_IWOTH|S_IRWXO/.test(text)) return true
  const digits = /^0o?([0-7]{3,4})$/.exec(text)?.[1]
  const mode = digits === undefined ? (/^\d{3}$/.test(text) ? Number(text) : 0) : Number.parseInt(digits, 8)
  return (mode & 0o002) !== 0 || (mode & 0o010) !== 0
}

export default rule({
  id: 'python/open-permissions',
  cwe: ['CWE-732', 'CWE-276'],
  languages: ['python'],
  title: 'Lets everybody write or run a file',
  needs: ['chmod', 'umask', 'mode', 'mkfifo', 'mknod'],
  call: {
    name: /(?:^|\.)(?:chmod|fchmod|lchmod|umask|makedirs|mkdir|mkfifo)$/,
    weak({ name, args, named }) {
      if (name.endsWith('umask')) return /^0(?:o?0+)?$/.test(shortly(args[0]))
      if (/mkdir|makedirs/.test(name)) return /^0o?[0-7]*[2367]$/.test(shortly(named.get('mode') ?? args[1]))
      return loose(named.get('mode') ?? args[name.startsWith('os') ? 1 : args.length - 1])
    },
  },
  vulnerable: [
    "import os\nos.chmod('run.sh', 0o777)\n",
    'os.umask(0)\n',
    "os.chmod('t.bin', 0o755)\n",
    'os.makedirs(d, mode=0o777)\n',
  ],
  fixed: ["import os\nos.chmod('run.sh', 0o700)\n", 'os.umask(0o077)\n', 'os.makedirs(d, exist_ok=True)\n'],
})
