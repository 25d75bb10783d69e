import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'go/certificate-validation',
  cwe: ['CWE-295', 'CWE-297'],
  languages: ['go'],
  title: 'Accepts any certificate',
  needs: ['InsecureSkipVerify'],
  where: piece =>
    settingsOf(piece)
      .filter(({ name, value }) => lastPart(name) === 'InsecureSkipVerify' && shortly(value) !== 'false')
      .map(setting => setting.node),
  vulnerable: ['package main\n\nvar tr = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}\n'],
  fixed: ['package main\n\nvar tr = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}\n'],
})
