import { shortly } from '../../calls.ts'
import { isConstant, isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/deserialise',
  languages: ['ruby'],
  cwe: ['CWE-502'],
  title: 'Brings objects of any class to life from data',
  needs: ['Marshal', 'YAML', 'Psych', 'Oj', 'JSON.load', 'CSV.load'],
  call: {
    name: /^(?:Marshal\.(?:load|restore)|(?:YAML|Psych)\.(?:load|unsafe_load|load_file|unsafe_load_file|load_stream)|Oj\.(?:load|object_load)|CSV\.load)$/,
    weak: ({ name, args, named }, piece) =>
      !!args[0] &&
      !isConstant(args[0], piece) &&
      !(/^Oj\.load$/.test(name) && /strict|compat|json|safe/i.test(shortly(named.get('mode')))) &&
      (!/load_file$/.test(name) || isHandedIn(args[0], piece)),
  },
  vulnerable: ['def f\n  Marshal.load(cookies[:data])\nend', 'def f(text)\n  YAML.load(text)\nend'],
  fixed: ['def f\n  JSON.parse(cookies[:data])\nend', 'def f(text)\n  YAML.safe_load(text)\nend'],
})
