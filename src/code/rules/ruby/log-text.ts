import { shortly } from '../../calls.ts'
import { flowOf, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/log-text',
  languages: ['ruby'],
  cwe: ['CWE-532', 'CWE-117'],
  title: 'Writes a secret or what was sent into the log',
  needs: ['logger', 'puts', 'Logger'],
  call: {
    name: /^(?:Rails\.)?logger\.(?:info|debug|warn|error|fatal)$/,
    weak: ({ args }, piece) =>
      args.some(
        arg =>
          /#\{[^}]*(?:password|secret|api_key|credit_card)\b/.test(shortly(arg)) ||
          (isInput(arg, piece) && flowOf(arg, piece).built && !/inspect|gsub|delete/.test(shortly(arg))),
      ),
  },
  vulnerable: ['logger.info("login #{user} #{password}")', 'logger.info("name " + params[:name])'],
  fixed: ['logger.info("login #{user.id}")'],
})
