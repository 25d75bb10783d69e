import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before, checks, lastOf, ownPlace } from '../../web.ts'

/** Made of literals and of where the program stands. */
const settled = (path: Tree): boolean => {
  const text = shortly(path).replace(/(['"`])(?:(?!\1)[^$])*\1/g, '')
  return text !== '' && ownPlace.test(text) && /^(?:path|join|resolve|[\s(),.+])*$/.test(text.replace(ownPlace, ''))
}
const place = (path: Tree): boolean => settled(path) || /basename|sanit/i.test(shortly(path))

export default rule({
  id: 'javascript/path',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-22', 'CWE-73'],
  title: 'Opens a path that is not fixed and not checked',
  needs: [
    'fs',
    'sendFile',
    'download',
    'readFile',
    'writeFile',
    'createReadStream',
    'createWriteStream',
    'unlink',
    'Stream',
  ],
  call: {
    name: /(?:^|\.)(?:(?:readFile|writeFile|appendFile|open|unlink|exists|stat|lstat|readdir|rmdir|rm|mkdir|access|copyFile|rename|realpath|readJson|writeJson|outputFile|remove)(?:Sync)?|createReadStream|createWriteStream|sendFile|sendfile|download)$/,
    weak: (call, piece) => {
      const last = lastOf(call)
      const on = call.name.slice(0, -last.length)
      if (!/^(?:res|reply|response|ctx)\.$/.test(on) && !/fs|^$|promises|[fF]ile/.test(on)) return false
      if (on === '' && /^(?:open|access|remove|rm|stat|download|exists|rename)$/.test(last)) return false
      const [path] = call.args
      if (!path || place(path) || isConstant(path, piece)) return false
      return !checks.test(before(path, piece).slice(-1500))
    },
  },
  vulnerable: [
    "app.get('/f', (req, res) => { fs.readFile('./files/' + req.query.name, (e, d) => res.send(d)) })",
    'const file = path.join(root, req.params.name)\nres.sendFile(file)',
    'files.map(file => fs.readFileSync(file))',
  ],
  fixed: [
    "app.get('/f', (req, res) => { fs.readFile('./files/' + path.basename(req.query.name), (e, d) => res.send(d)) })",
    "const file = path.resolve(root, req.params.name)\nif (!file.startsWith(root + path.sep)) throw new Error('no')\nres.sendFile(file)",
    "fs.readFileSync(path.join(__dirname, 'index.html'))",
  ],
})
