import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/message-to-anyone',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-345', 'CWE-346'],
  title: 'Sends a message to a window of any origin',
  needs: ['postMessage'],
  call: {
    name: /(?:^|\.)postMessage$/,
    weak: ({ args }, piece) =>
      fixedText(args[1], piece) === '*' || /\btargetOrigin\s*:\s*['"]\*/.test(shortly(args[1])),
  },
  vulnerable: ["window.parent.postMessage(data, '*')"],
  fixed: ["window.parent.postMessage(data, 'https://example.org')", 'worker.postMessage(data)'],
})
