import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/debug-on',
  languages: ['ruby'],
  cwe: ['CWE-489', 'CWE-209'],
  title: 'Shows the visitor the inside of an error or leaves debugging on',
  needs: ['consider_all_requests_local', 'binding', 'byebug', 'backtrace', 'show_exceptions', 'debugger'],
  where: function* (piece) {
    for (const node of piece.all('assignment'))
      if (/consider_all_requests_local\s*=\s*true$/.test(shortly(node))) yield node
    for (const { node, name, args, named } of piece.calls) {
      if (/^binding\.(?:pry|irb)$/.test(name)) yield node
      else if (
        /^(?:render|halt)$/.test(name) &&
        /backtrace|full_message/.test([...args, ...named.values()].map(arg => shortly(arg)).join())
      )
        yield node
      else if (/^set$/.test(name) && /:show_exceptions/.test(shortly(args[0])) && shortly(args[1], 8) === 'true')
        yield node
    }
    for (const node of piece.all('identifier')) if (/^(?:byebug|debugger)$/.test(shortly(node, 10))) yield node
  },
  vulnerable: [
    'rescue_from StandardError do |e|\n  render json: { error: e.backtrace }\nend',
    'config.consider_all_requests_local = true',
    'binding.pry',
  ],
  fixed: ["rescue_from StandardError do |e|\n  logger.error(e)\n  render json: { error: 'Something went wrong' }\nend"],
})
