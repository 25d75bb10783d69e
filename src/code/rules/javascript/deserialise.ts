import { shortly } from '../../calls.ts'
import { isConstant, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/deserialise',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-502'],
  title: 'Brings objects to life from data that can hold code',
  needs: ['serialize', 'deserialize', 'yaml', 'YAML', 'cryo', 'funcster'],
  call: {
    name: /(?:^|\.)(?:unserialize|deepDeserialize)$|^(?:v8|cryo|funcster)\.(?:deserialize|parse|deepDeserialize)$|^(?:js)?[yY](?:aml|AML)\.(?:load|loadAll)$/,
    weak: ({ name, args }, piece) => {
      const options = shortly(args[1], 400)
      if (/yaml\.load/i.test(name))
        return (
          (/FULL|UNSAFE|unsafe|all/.test(options) || isInput(args[0], piece)) &&
          !/SAFE_SCHEMA|JSON_SCHEMA|CORE_SCHEMA|FAILSAFE/.test(options.replace(/UNSAFE/g, ''))
        )
      return !isConstant(args[0], piece)
    },
  },
  vulnerable: [
    "const serialize = require('node-serialize')\nconst o = serialize.unserialize(req.cookies.profile)",
    'yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA })',
  ],
  fixed: ['const o = JSON.parse(req.cookies.profile)', 'yaml.load(text, { schema: yaml.JSON_SCHEMA })'],
})
