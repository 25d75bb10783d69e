import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/input-unchecked',
  cwe: ['CWE-20', 'CWE-770'],
  languages: ['python'],
  title: 'Lets a request choose a size, a module or an attribute',
  needs: ['import_module', 'setattr', 'getattr', 'range', 'bytearray', 'environ', 'putenv', 'globals'],
  call: {
    name: /^(?:importlib\.)?import_module$|^(?:setattr|bytearray|os\.putenv|os\.environ\.update|locale\.setlocale)$/,
    weak({ name, args }, piece) {
      return (
        isInput(/setattr/.test(name) ? args[1] : args[0], piece) ||
        (/setattr/.test(name) && isInput(args[2], piece) && isInput(args[1], piece))
      )
    },
  },
  vulnerable: ["def view():\n    m = importlib.import_module(request.args['m'])\n"],
  fixed: ["m = importlib.import_module('json')\n"],
})
