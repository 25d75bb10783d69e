import { codeLanguages } from '../../../core/index.ts'
import { shortly } from '../../calls.ts'
import { foreignIndex } from '../../packages.ts'
import { rule } from '../../rule.ts'
import { around, textsOf } from '../../web.ts'

export default rule({
  id: 'packages/foreign-index',
  cwe: ['CWE-829', 'CWE-494', 'CWE-1357'],
  title: 'Has packages installed from an index that is not the usual one',
  languages: [...codeLanguages],
  needs: ['index', 'registry', 'GOPROXY', 'GOINSECURE', 'trusted-host', 'find-links', 'source'],
  where: function* (piece) {
    for (const node of textsOf(piece))
      if (/install|add|get|pip|npm|gem|GO/.test(around(node, piece)) && foreignIndex.test(shortly(node, 2000)))
        yield node
    for (const { node, args } of piece.calls) {
      const text = args
        .slice(0, 4)
        .map(arg => shortly(arg, 800))
        .join(' ')
      if (/['"]install['"]/.test(text) && foreignIndex.test(text.replace(/['"],\s*['"]/g, ' '))) yield node
    }
  },
  vulnerable: [
    'import os\nos.system("pip install tool --index-url http://packages.narplon.net/simple")\n',
    'import subprocess\nsubprocess.run(["pip", "install", "--extra-index-url", "https://pkg.narplon.net/simple", "tool"])\n',
  ],
  fixed: [
    'import os\nos.system("pip install tool --index-url https://pypi.org/simple")\n',
    'import os\nos.system("pip install tool")\n',
  ],
})
