import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'
import { secretName, secretText } from '../../secrets.ts'
import type { Tree } from '../../tree.ts'

/** Forms that providers give their keys. */
const issued =
  /^(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|ya29\.[\w-]{20,}|AIza[\w-]{30,}|sk[-_](?:live|test|ant|proj)?[-_]?\w{20,}|xox[abprs]-[\w-]{10,}|glpat-[\w-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|(?:Bearer|Basic) [\w.=/+-]{16,})/
const inAddress = /^\w[\w+.-]*:\/\/[^/\s:@{%]+:[^/\s@{%]*@[\w.-]/
/** A long word of letters and digits in no order that a person would choose. */
const random = /^(?=.*\d)(?=.*[a-zA-Z])[\w+/=-]{24,}$/
const plain = /^(?:.*[._])?(?:password|passwd|pwd|passphrase)$/i

function weak(name: string, value: Tree | null | undefined): boolean {
  const text = literal(value)
  if (text === null) return false
  const last = /[\w-]+(?=["'\]]*$)/.exec(name)?.[0] ?? ''
  if (text === '') return plain.test(last) && /[.\]]/.test(name)
  if (/(?:^|_)key$/i.test(last) && random.test(text)) return true
  return secretName(last) && secretText(text)
}

function* named(piece: Piece): Generator<Tree> {
  for (const node of piece.all('assignment'))
    if (weak(shortly(node.field('left'), 120), node.field('right'))) yield node
  for (const node of piece.all('keyword_argument', 'default_parameter', 'typed_default_parameter')) {
    const [name, value] = [shortly(node.field('name'), 120), node.field('value')]
    if (
      weak(name, value) ||
      (/^(?:passw(?:or)?d|pwd)$/.test(name) && literal(value) === '' && node.kind() === 'keyword_argument')
    )
      yield node
  }
  for (const node of piece.all('pair'))
    if (weak(shortly(node.field('key'), 120).replace(/^\w?["']|["']$/g, ''), node.field('value'))) yield node
}

function* compared(piece: Piece): Generator<Tree> {
  for (const node of piece.all('comparison_operator')) {
    const [left, right] = [node.child(0), node.child(2)]
    if (!/^[=!]=$/.test(node.child(1)?.text() ?? '')) continue
    const text = literal(right) ?? ''
    if (text !== '' && secretName(shortly(left, 80)) && secretText(text)) yield node
  }
}

export default rule({
  id: 'python/hard-coded-credential',
  cwe: ['CWE-798', 'CWE-259', 'CWE-321'],
  languages: ['python'],
  title: 'Keeps a secret in the code',
  *where(piece) {
    yield* named(piece)
    yield* compared(piece)
    for (const node of piece.all('string')) {
      const text = literal(node)
      if (text !== null && (issued.test(text) || inAddress.test(text))) yield node
    }
  },
  vulnerable: [
    "password = 'tr0ub4dor'\n",
    "db = connect(host='db', user='root', passwd='hunter2')\n",
    "app.config['SECRET_KEY'] = 'dev-secret-9'\n",
    "def login(p):\n    return p.password == 'letmein'\n",
    "uri = 'postgresql://app:hunter2@db/prod'\n",
    "headers = {'Authorization': 'Bearer ya29xAbCdEfGhIjKlMnOpQr'}\n",
  ],
  fixed: [
    "import os\npassword = os.environ['DB_PASSWORD']\n",
    "db = connect(host='db', user='root', passwd=settings.password)\n",
    "password = getpass('Enter the password: ')\n",
    "token_url = 'https://example.com/token'\n",
    "uri = 'postgresql://db/prod'\n",
  ],
})
