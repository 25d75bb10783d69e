import { literal } from '../../python.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/filter-by-pattern',
  cwe: ['CWE-116', 'CWE-80', 'CWE-185'],
  languages: ['python'],
  title: 'Cleans HTML, or checks an address, with a pattern that lets others through',
  needs: ['re.'],
  call: {
    name: /^re\.(?:sub|compile|match|search|findall)$/,
    weak({ args }, piece) {
      const pattern = literal(args[0]) ?? ''
      if (/<\s*\\?\/?\s*script|<!--/i.test(pattern)) return true
      return (
        /^\(?(?:https?:\/\/)?[\w()|-]+(?<!\\)\.[\w-]+\\?\.(?:com|org|net|io)\b/.test(pattern) &&
        /match|redirect|url|host/i.test(piece.code)
      )
    },
  },
  vulnerable: [
    "import re\ndef clean(c):\n    return re.sub(r'<script.*?>.*?</script>', '', c)\n",
    'regex = re.compile("(www|beta).example.com/")\nif regex.match(target):\n    pass\n',
  ],
  fixed: ['import bleach\ndef clean(c):\n    return bleach.clean(c)\n', "import re\nre.sub(r'\\s+', ' ', text)\n"],
})
