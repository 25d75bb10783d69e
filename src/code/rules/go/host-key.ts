import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'go/host-key',
  cwe: ['CWE-322', 'CWE-295', 'CWE-297'],
  languages: ['go'],
  title: 'Talks to any machine that answers',
  needs: ['InsecureIgnoreHostKey', 'HostKeyCallback'],
  call: { name: /\.InsecureIgnoreHostKey$/ },
  where: piece =>
    settingsOf(piece)
      .filter(
        ({ name, value }) =>
          lastPart(name) === 'HostKeyCallback' &&
          /^func\([^)]*\)\s*error\s*\{\s*return nil;?\s*\}$/.test(shortly(value)),
      )
      .map(s => s.node),
  vulnerable: [
    'package main\n\nvar c = &ssh.ClientConfig{User: "app", HostKeyCallback: ssh.InsecureIgnoreHostKey()}\n',
  ],
  fixed: ['package main\n\nvar c = &ssh.ClientConfig{User: "app", HostKeyCallback: ssh.FixedHostKey(key)}\n'],
})
