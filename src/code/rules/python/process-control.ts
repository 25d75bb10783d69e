import { isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/process-control',
  cwe: ['CWE-283', 'CWE-250'],
  languages: ['python'],
  title: 'Ends any process that it is told, or acts as the superuser',
  needs: ['kill', 'setuid', 'seteuid'],
  call: {
    name: /^os\.(?:kill|killpg|setuid|seteuid|setgid)$/,
    weak({ name, args }, piece) {
      if (/uid|gid/.test(name)) return args[0]?.text() === '0'
      return isHandedIn(args[0], piece) && !/getuid|\buid\b|owner/i.test(piece.code)
    },
  },
  vulnerable: ['import os, signal\ndef stop(pid):\n    os.kill(pid, signal.SIGKILL)\n', 'os.seteuid(0)\n'],
  fixed: ['import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n', 'os.setuid(1000)\n'],
})
