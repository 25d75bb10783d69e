import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const sinks =
  /^(?:open|io\.open|codecs\.open|file|os\.(?:remove|unlink|rmdir|open|listdir|rename|mkdir|makedirs|stat)|shutil\.\w+|(?:flask\.)?send_file|(?:pathlib\.)?Path|tarfile\.open|zipfile\.ZipFile|FileResponse|static_file|aiofiles\.open|FileSystemLoader|imp\.load_source|send_from_directory)$/
/** Signs that a function looks at where a path leads. */
const checked =
  /secure_filename|safe_join|realpath|abspath\([\s\S]{0,400}startswith|is_relative_to|commonpath|commonprefix|\.\.["'] (?:not )?in|basename|normpath[\s\S]{0,300}startswith|relative_to\(/

export default rule({
  id: 'python/path-from-input',
  cwe: ['CWE-22', 'CWE-73', 'CWE-99'],
  languages: ['python'],
  title: 'Lets a request choose a file',
  call: {
    name: sinks,
    weak({ args, node }, piece) {
      const { origin, built, text } = flowOf(args[0], piece)
      const scope = piece.names.scopeAt(node.range().start.index)
      const around = piece.code.slice(scope?.from ?? 0, scope?.to ?? 20_000)
      if (checked.test(around.slice(0, 20_000))) return false
      if (origin === 'input')
        return !/^\s*sys\.argv/.test(args[0]?.text().slice(0, 40) ?? '') && !/sys\.argv|input\(/.test(around)
      return origin === 'parameter' && built && /[/\\]/.test(text)
    },
  },
  vulnerable: [
    "def view():\n    name = request.args.get('name')\n    return open(name).read()\n",
    "def view():\n    return send_file('static/%s' % request.args['f'])\n",
    "def remove(name):\n    os.remove('uploads/{}'.format(name))\n",
  ],
  fixed: [
    "def view():\n    name = secure_filename(request.args.get('name'))\n    return open(name).read()\n",
    'def read(path):\n    with open(path) as f:\n        return f.read()\n',
    "with open('data/rows.txt') as f:\n    pass\n",
  ],
})
