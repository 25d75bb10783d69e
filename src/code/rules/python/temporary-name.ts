import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/temporary-name',
  cwe: ['CWE-377', 'CWE-379'],
  languages: ['python'],
  title: 'Takes a name for a file that somebody else may take first',
  needs: ['mktemp', 'tmpnam', 'tempnam', 'tmp'],
  call: {
    name: /^(?:tempfile\.)?mktemp$|^os\.(?:tempnam|tmpnam)$|^open$/,
    weak: ({ name, args, named }) =>
      name !== 'open' ||
      (/^\/(?:var\/)?tmp\//.test(literal(args[0]) ?? '') && /[wax]/.test(literal(args[1] ?? named.get('mode')) ?? 'r')),
  },
  vulnerable: [
    'import tempfile\npath = tempfile.mktemp()\n',
    'from tempfile import mktemp\nf = open(mktemp(), "w")\n',
    "f = open('/tmp/state', 'w')\n",
  ],
  fixed: ['import tempfile\nf = tempfile.NamedTemporaryFile()\n', "f = open('/tmp/state')\n"],
})
