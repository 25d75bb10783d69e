import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'ruby/redirect',
  languages: ['ruby'],
  cwe: ['CWE-601'],
  title: 'Sends the visitor where the request says',
  needs: ['redirect'],
  call: {
    name: /^(?:redirect_to|redirect|redirect_back_or_to)$/,
    weak: ({ args }, piece) =>
      !!args[0] &&
      isInput(args[0], piece) &&
      !/only_path|_path\b|_url\(/.test(shortly(args[0])) &&
      !checks.test(before(args[0], piece).slice(-800)),
  },
  vulnerable: ['def go\n  redirect_to params[:url]\nend'],
  fixed: [
    'def go\n  redirect_to root_path\nend',
    "def go\n  url = params[:url]\n  url = '/' unless ALLOWED.include?(url)\n  redirect_to url\nend",
  ],
})
