import { rule } from '../../rule.ts'

export default rule({
  id: 'python/ssh-host-key',
  cwe: ['CWE-295', 'CWE-322'],
  languages: ['python'],
  title: 'Accepts any host key',
  needs: ['AddPolicy', 'WarningPolicy', 'StrictHostKeyChecking', 'hostkeys'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        name.endsWith('set_missing_host_key_policy') &&
        /(?:AutoAdd|Warning)Policy/.test(args[0]?.text().slice(0, 80) ?? '')
      )
        yield node
    for (const node of piece.all('string'))
      if (/StrictHostKeyChecking[= ]no\b/.test(node.text().slice(0, 2000))) yield node
    for (const node of piece.all('assignment')) if (/\.hostkeys\s*=\s*None$/.test(node.text().slice(0, 100))) yield node
  },
  vulnerable: [
    'ssh = paramiko.SSHClient()\nssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n',
    'cnopts.hostkeys = None\n',
  ],
  fixed: [
    'ssh = paramiko.SSHClient()\nssh.load_system_host_keys()\nssh.set_missing_host_key_policy(paramiko.RejectPolicy())\n',
  ],
})
