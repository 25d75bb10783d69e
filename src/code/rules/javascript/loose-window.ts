import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/loose-window',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-1188', 'CWE-693'],
  title: 'Switches off what keeps a window, a frame or a page apart',
  needs: [
    'nodeIntegration',
    'contextIsolation',
    'webSecurity',
    'contentSecurityPolicy',
    'frameguard',
    'allowRunningInsecureContent',
  ],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (
        /^['"]?(?:(?:nodeIntegration|allowRunningInsecureContent|enableRemoteModule)['"]?\s*:\s*true|(?:contextIsolation|webSecurity|sandbox|contentSecurityPolicy|frameguard|hsts)['"]?\s*:\s*false)$/.test(
          shortly(node),
        )
      )
        yield node
  },
  vulnerable: ['new BrowserWindow({ webPreferences: { nodeIntegration: true, contextIsolation: false } })'],
  fixed: ['new BrowserWindow({ webPreferences: { nodeIntegration: false, contextIsolation: true } })'],
})
