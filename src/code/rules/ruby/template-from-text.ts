import { isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/template-from-text',
  languages: ['ruby'],
  cwe: ['CWE-1336', 'CWE-94'],
  title: 'Compiles a template from what was sent',
  needs: ['ERB.new', 'render', 'Liquid', 'Slim', 'Haml', 'Tilt'],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls)
      if (
        /^(?:ERB|Erubi::Engine|Haml::Engine|Haml::Template|Slim::Template|Tilt::\w+)\.new$|^Liquid::Template\.parse$/.test(
          name,
        ) &&
        args[0] &&
        isHandedIn(args[0], piece)
      )
        yield node
      else if (name === 'render' && named.get('inline') && isHandedIn(named.get('inline'), piece)) yield node
  },
  vulnerable: [
    'def show\n  ERB.new(params[:t]).result\nend',
    'def show\n  render inline: "Hello #{params[:name]}"\nend',
  ],
  fixed: ["def show\n  ERB.new(File.read('a.erb')).result\nend"],
})
