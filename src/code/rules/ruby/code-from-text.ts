import { isConstant, isHandedIn, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'ruby/code-from-text',
  languages: ['ruby'],
  cwe: ['CWE-95', 'CWE-94', 'CWE-470'],
  title: 'Runs a text as code or calls what the request names',
  needs: ['eval', 'send', 'constantize', 'const_get', 'method(', 'instance_variable_get', 'ERB.new'],
  call: {
    name: /(?:^|[.&])(?:eval|instance_eval|class_eval|module_eval|send|public_send|__send__|constantize|safe_constantize|const_get|method|try|instance_variable_get)$|^ERB\.new$/,
    weak: ({ name, args, node }, piece) => {
      if (/constantize$/.test(name))
        return isHandedIn(node.field('receiver'), piece) && !checks.test(before(node, piece).slice(-800))
      if (!args[0] || args[0].kind() === 'block') return false
      if (/eval$/.test(name)) return !isConstant(args[0], piece)
      return isInput(args[0], piece) && !checks.test(before(args[0], piece).slice(-800))
    },
  },
  vulnerable: [
    'def f(code)\n  eval(code)\nend',
    'def f\n  params[:type].constantize.new\nend',
    'def f\n  user.send(params[:action_name])\nend',
  ],
  fixed: ['def f(text)\n  JSON.parse(text)\nend', 'def f\n  user.send(:name)\nend'],
})
