import { shortly } from '../../calls.ts'
import { flowOf, isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/markup',
  languages: ['ruby'],
  cwe: ['CWE-79', 'CWE-80'],
  title: 'Puts mark-up that is not fixed into a page',
  needs: ['raw', 'html_safe', 'render', 'safe_concat', 'content_tag', '<%=='],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls) {
      if (/\.html_safe$/.test(name)) {
        const value = node.field('receiver')
        if (value && !isConstant(value, piece) && !/sanitize|escape|\bh\(/.test(shortly(value, 800))) yield node
      } else if (
        /^(?:raw|safe_concat|concat_raw)$/.test(name) &&
        args[0] &&
        !isConstant(args[0], piece) &&
        !/sanitize|escape/.test(shortly(args[0]))
      )
        yield node
      else if (/^render$/.test(name)) {
        const value = named.get('html') ?? named.get('inline') ?? named.get('text')
        if (value && flowOf(value, piece).origin === 'input' && !/sanitize|escape|\bh\(/.test(shortly(value, 800)))
          yield node
      } else if (/^params.*\.html_safe$/.test(name)) yield node
    }
  },
  vulnerable: [
    'def show\n  @x = params[:name].html_safe\nend',
    'def show\n  render html: "<b>#{params[:name]}</b>"\nend',
    'raw(@user.bio)',
  ],
  fixed: ['def show\n  @x = sanitize(params[:name])\nend', "def show\n  render plain: 'ok'\nend"],
})
