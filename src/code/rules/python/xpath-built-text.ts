import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/xpath-built-text',
  cwe: ['CWE-643'],
  languages: ['python'],
  title: 'Puts values into the text of an XPath',
  needs: ['xpath', 'XPath', 'find', 'select'],
  call: {
    name: /(?:^|\.)(?:xpath|XPath|findall|find|iterfind|findtext|select)$/,
    weak({ name, args }, piece) {
      const { built, text, origin } = flowOf(args[0], piece)
      if (/(?:^|\.)(?:xpath|XPath)$/.test(name)) return (built && origin !== 'unknown') || origin === 'input'
      return built && (origin === 'input' || origin === 'parameter') && /\[@?\w+(?:\(\))?\s*=|^\.?\/\//.test(text)
    },
  },
  vulnerable: [
    'def f(tree, value):\n    return tree.xpath("/tag[@id=\'%s\']" % value)\n',
    'def f(root, name):\n    return root.find(".//user[name=\'" + name + "\']")\n',
  ],
  fixed: [
    "def f(tree, value):\n    return tree.xpath('/tag[@id=$value]', value=value)\n",
    "def f(text, part):\n    return text.find('a' + part)\n",
  ],
})
