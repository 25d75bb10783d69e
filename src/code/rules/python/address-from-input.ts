import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

const fetchers =
  /^(?:requests|httpx|session|client|self\.session|aiohttp|s|urllib3|http)\.(?:get|post|put|delete|head|patch|options|request|urlopen)$|^(?:urllib2?\.|urllib\.request\.|request\.)?(?:urlopen|urlretrieve|Request)$|(?:^|\.)(?:HTTPS?Connection|create_connection|fetch)$/

export default rule({
  id: 'python/address-from-input',
  cwe: ['CWE-918'],
  languages: ['python'],
  title: 'Fetches whatever address a request names',
  call: {
    name: fetchers,
    weak({ name, args, named }, piece) {
      const url = named.get('url') ?? (/\.(?:request|options)$/.test(name) && args.length > 1 ? args[1] : args[0])
      const { origin } = flowOf(url, piece)
      return (
        origin === 'input' &&
        /\brequest\b|get_argument|\bevent\b/.test(piece.code) &&
        !/allow(?:ed)?_?(?:list|hosts|domains)|ALLOWED|whitelist/i.test(piece.code)
      )
    },
  },
  vulnerable: [
    "def view():\n    url = request.args['u']\n    return requests.get(url).text\n",
    "def view(request):\n    return urlopen('http://' + request.GET['host']).read()\n",
  ],
  fixed: [
    "def view():\n    return requests.get('https://example.com/rates').text\n",
    'url = input()\nprint(requests.get(url).text)\n',
  ],
})
