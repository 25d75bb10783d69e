import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const fixedPlace = /^(?:path\.(?:join|resolve)\()?\s*(?:__dirname|__filename)\b[\s,+'"\w./`-]*\)?$/

export default rule({
  id: 'javascript/module-by-name',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-829', 'CWE-706', 'CWE-95'],
  title: 'Loads a module whose name is not fixed',
  needs: ['require', 'import'],
  call: {
    name: /^(?:module\.)?(?:require|import)(?:\.resolve)?$/,
    weak: ({ args }, piece) => {
      const [name] = args
      if (!name) return false
      const { text, origin } = flowOf(name, piece)
      if (/^(?:number|object)$/.test(String(name.kind()))) return true
      return origin !== 'constant' && !fixedPlace.test(shortly(name)) && !/^[./]+\/(?:locale|lang|i18n)/.test(text)
    },
  },
  vulnerable: [
    'const plugin = require(name)',
    'function load(f) { return require(path.join(process.cwd(), f)) }',
    'const m = await import(req.query.module)',
  ],
  fixed: [
    "const fs = require('fs')",
    "const config = require(path.join(__dirname, 'config.json'))",
    "const m = await import('./plugin.js')",
  ],
})
