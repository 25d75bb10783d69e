import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { guarded, purposeOf } from '../../web.ts'

export default rule({
  id: 'ruby/weak-random',
  languages: ['ruby'],
  cwe: ['CWE-338', 'CWE-330'],
  title: 'Draws a secret from a generator that can be foretold',
  needs: ['rand', 'Random', 'sample', 'shuffle'],
  where: function* (piece) {
    for (const { node, name } of piece.calls)
      if (
        /^(?:Kernel\.)?(?:rand|srand)$|^Random\.(?:rand|new|bytes)$|\.(?:sample|shuffle)$/.test(name) &&
        !/SecureRandom/.test(shortly(node, 800)) &&
        guarded.test(purposeOf(node))
      )
        yield node
    for (const node of piece.all('identifier'))
      if (shortly(node, 8) === 'rand' && node.parent()?.kind() !== 'call' && guarded.test(purposeOf(node))) yield node
  },
  vulnerable: ['token = rand(1_000_000).to_s', 'def reset_token\n  Array.new(8) { rand(36).to_s(36) }.join\nend'],
  fixed: ['token = SecureRandom.hex(16)', 'dice = rand(1..6)'],
})
