import { flowOf, isInput } from '../../flow.ts'
import { sqlText, varies } from '../../python.ts'
import { rule } from '../../rule.ts'

const shells =
  /^(?:os\.(?:system|popen[234]?)|popen2\.popen[234]?|commands\.(?:getoutput|getstatusoutput)|subprocess\.(?:getoutput|getstatusoutput)|pexpect\.(?:spawn|run)|popen|system|getoutput|getstatusoutput)$/
const runners =
  /^(?:(?:subprocess|sp)\.)?(?:run|call|check_call|check_output|Popen)$|^os\.(?:exec|spawn)[lv]p?e?$|^asyncio\.create_subprocess_(?:shell|exec)$/

export default rule({
  id: 'python/shell-command',
  cwe: ['CWE-78', 'CWE-88'],
  languages: ['python'],
  title: 'Runs a command made of values',
  needs: ['system', 'popen', 'Popen', 'getoutput', 'getstatus', 'call', 'run', 'check_output', 'exec', 'spawn'],
  call: {
    name: /(?:system|popen\d?|Popen|getoutput|getstatusoutput|call|run|check_output|exec\w*|spawn\w*|create_subprocess_\w+)$/,
    weak({ name, args, named }, piece) {
      const first = args[0] ?? named.get('args') ?? named.get('cmd')
      if (shells.test(name)) return varies(first, piece)
      if (!runners.test(name)) return false
      const { built, text, origin } = flowOf(first, piece)
      if (name.endsWith('_shell') || /^os\.(?:exec|spawn)/.test(name)) return origin !== 'constant'
      return (built && /^\S+\s/.test(text) && !sqlText.test(text)) || isInput(first, piece)
    },
  },
  vulnerable: [
    "import os\ndef f(name):\n    os.system('rm ' + name)\n",
    "import subprocess\ndef f(name):\n    subprocess.call('ls %s' % name)\n",
    'import subprocess\nsubprocess.run([input()])\n',
    'import os\ndef f(cmd):\n    return os.popen(cmd).read()\n',
  ],
  fixed: [
    "import subprocess\ndef f(name):\n    subprocess.run(['rm', '--', name], check=True)\n",
    "import os\nos.system('clear')\n",
  ],
})
