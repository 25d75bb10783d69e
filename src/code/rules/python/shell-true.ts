import { isTrue } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/shell-true',
  cwe: ['CWE-78'],
  languages: ['python'],
  title: 'Runs a command through a shell',
  needs: ['shell'],
  call: { name: /./, weak: ({ named }) => isTrue(named.get('shell')) },
  vulnerable: [
    'import subprocess\nsubprocess.check_output(cmd, shell=True)\n',
    'from subprocess import Popen\nPopen("ls " + d, shell=True)\n',
  ],
  fixed: ["import subprocess\nsubprocess.check_output(['ls', d])\n", 'subprocess.run(args, shell=False)\n'],
})
