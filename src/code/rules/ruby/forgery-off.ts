import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/forgery-off',
  languages: ['ruby'],
  cwe: ['CWE-352'],
  title: 'Switches the protection against forged requests off',
  needs: ['verify_authenticity_token', 'protect_from_forgery', 'allow_forgery_protection'],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls)
      if (
        /^skip_before_(?:action|filter)$/.test(name) &&
        /verify_authenticity_token/.test(args.map(arg => shortly(arg)).join())
      )
        yield node
      else if (name === 'protect_from_forgery' && /null_session/.test(shortly(named.get('with')))) yield node
    for (const node of piece.all('assignment'))
      if (/allow_forgery_protection\s*=\s*false/.test(shortly(node))) yield node
  },
  vulnerable: ['class A < ApplicationController\n  skip_before_action :verify_authenticity_token\nend'],
  fixed: ['class A < ApplicationController\n  protect_from_forgery with: :exception\nend'],
})
