import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/message-from-anyone',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-346', 'CWE-345'],
  title: 'Takes messages from windows without a look at their origin',
  needs: ['message'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^(?:window\.|self\.|globalThis\.)?addEventListener$/.test(name) &&
        fixedText(args[0], piece) === 'message' &&
        /=>|function/.test(shortly(args[1], 8000)) &&
        !/origin|\.source\b/.test(shortly(args[1], 8000))
      )
        yield node
    for (const node of piece.all('assignment_expression'))
      if (/^window\.onmessage$/.test(shortly(node.field('left'), 80)) && !/origin|\.source\b/.test(shortly(node, 8000)))
        yield node
  },
  vulnerable: ["window.addEventListener('message', event => { run(event.data) })"],
  fixed: ["window.addEventListener('message', event => { if (event.origin !== home) return; run(event.data) })"],
})
