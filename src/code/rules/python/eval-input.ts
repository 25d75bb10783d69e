import { varies } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/eval-input',
  cwe: ['CWE-95', 'CWE-94'],
  languages: ['python'],
  title: 'Runs a text as code',
  needs: ['eval', 'exec', 'compile', '__import__', 'import_module'],
  call: {
    name: /^(?:(?:builtins|__builtins__|__builtin__)\.)?(?:eval|exec|execfile|compile|__import__)$|^(?:pd|pandas)\.eval$|^(?:code\.)?(?:runsource|runcode)$/,
    weak: ({ args }, piece) => varies(args[0], piece),
  },
  where: function* (piece) {
    for (const node of piece.all('exec_statement')) if (varies(node.namedChildren()[0], piece)) yield node
  },
  vulnerable: [
    'def f(x):\n    return eval(x)\n',
    'exec("import a%s" % version)\n',
    "code = compile(text, 'a', 'exec')\n",
  ],
  fixed: [
    'import ast\ndef f(x):\n    return ast.literal_eval(x)\n',
    "eval('1 + 1')\n",
    "import re\nre.compile('a')\nmodel.eval()\n",
  ],
})
