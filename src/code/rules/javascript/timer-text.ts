import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/timer-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-95', 'CWE-94'],
  title: 'Hands a text to a timer, which runs it as code',
  needs: ['setTimeout', 'setInterval', 'setImmediate'],
  call: {
    name: /(?:^|\.)(?:setTimeout|setInterval|setImmediate)$/,
    weak: ({ args }, piece) => {
      const { built, text, origin } = flowOf(args[0], piece)
      return built || (origin === 'constant' && text !== '' && /string/.test(String(args[0]?.kind())))
    },
  },
  vulnerable: ["setTimeout('update(' + id + ')', 100)", 'setInterval("tick()", 1000)'],
  fixed: ['setTimeout(() => update(id), 100)', 'setInterval(tick, 1000)'],
})
