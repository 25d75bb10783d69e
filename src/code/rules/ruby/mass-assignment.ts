import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/mass-assignment',
  languages: ['ruby'],
  cwe: ['CWE-915'],
  title: 'Writes every field that was sent into a record',
  needs: ['params', 'permit!'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /\.(?:new|create!?|update!?|update_attributes!?|assign_attributes|build|insert)$/.test(name) &&
        args.some(arg => /^params(?:\[:?\w+\])?(?:\.to_unsafe_h)?$/.test(shortly(arg, 80)))
      )
        yield node
    for (const node of piece.all('call')) if (/\.permit!$/.test(shortly(node, 120))) yield node
  },
  vulnerable: ['def create\n  User.create(params[:user])\nend', 'def p\n  params.require(:user).permit!\nend'],
  fixed: ['def create\n  User.create(params.require(:user).permit(:name))\nend'],
})
