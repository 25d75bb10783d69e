import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const open = /^(?:0o?|['"]0?)?[0-7]?[0-7][2367][2367]['"]?$|^0o?[0-7]*7['"]?$|^['"](?:a|o|ugo|go)\+\w*w/

export default rule({
  id: 'javascript/open-permissions',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-732', 'CWE-276'],
  title: 'Lets everyone on the machine write',
  needs: ['chmod', 'mode', 'mkdir', 'umask'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/(?:^|\.)(?:f|l)?chmod(?:Sync)?$/.test(name) && open.test(shortly(args[1], 20))) yield node
      if (/(?:^|\.)umask$/.test(name) && /^(?:0o?)?0+$/.test(shortly(args[0], 20))) yield node
      if (
        /(?:^|\.)(?:mkdir|writeFile|open|appendFile)(?:Sync)?$/.test(name) &&
        args.some(arg => /\bmode['"]?\s*:\s*(?:0o?|['"]0?)[0-7]*[2367]\b/.test(shortly(arg, 400)))
      )
        yield node
    }
  },
  vulnerable: ['fs.chmodSync(file, 0o777)', "fs.chmod(file, '777', done)", 'fs.mkdirSync(dir, { mode: 0o777 })'],
  fixed: ['fs.chmodSync(file, 0o600)', 'fs.mkdirSync(dir, { mode: 0o750 })'],
})
