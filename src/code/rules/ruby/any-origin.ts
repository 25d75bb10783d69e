import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/any-origin',
  languages: ['ruby'],
  cwe: ['CWE-942', 'CWE-346'],
  title: 'Lets scripts of every site read the answers',
  needs: ['origins', 'Access-Control-Allow-Origin'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (name === 'origins' && args.some(arg => /^['"]\*['"]$/.test(shortly(arg, 8)))) yield node
    for (const node of piece.all('assignment'))
      if (
        /access-control-allow-origin/i.test(shortly(node.field('left'), 120)) &&
        /^['"]\*['"]$/.test(shortly(node.field('right'), 8))
      )
        yield node
    for (const node of piece.all('pair'))
      if (/^['"]access-control-allow-origin['"]\s*=>\s*['"]\*/i.test(shortly(node))) yield node
  },
  vulnerable: ["headers['Access-Control-Allow-Origin'] = '*'", "allow do\n  origins '*'\nend"],
  fixed: ["headers['Access-Control-Allow-Origin'] = 'https://app.example.org'"],
})
