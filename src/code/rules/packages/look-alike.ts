import { codeLanguages } from '../../../core/index.ts'
import { broughtBy } from '../../brought.ts'
import { imitated } from '../../packages.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'packages/look-alike',
  cwe: ['CWE-1357', 'CWE-829', 'CWE-506'],
  title: 'Brings in a package whose name imitates a much used one',
  languages: [...codeLanguages],
  where: function* (piece) {
    for (const brought of broughtBy(piece)) if (imitated(brought)) yield brought.node
  },
  vulnerable: [
    'import reqeusts\n',
    'from nunpy import array\n',
    'import os\nos.system("pip install djang0")\n',
    'import subprocess\nsubprocess.run(["pip", "install", "beautifulsuop4"])\n',
  ],
  fixed: [
    'import requests\n',
    'from numpy import array\n',
    'import os\nos.system("pip install django")\n',
    'import mytools\n',
    'from .reqeusts import get\n',
  ],
})
