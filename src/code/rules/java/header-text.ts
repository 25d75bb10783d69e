import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks, fixedText } from '../../web.ts'

export default rule({
  id: 'java/header-text',
  languages: ['java'],
  cwe: ['CWE-113'],
  title: 'Writes what was sent into a header of the answer',
  needs: ['Header'],
  call: {
    name: /^(?:resp|response|res)\.(?:setHeader|addHeader)$/,
    weak: ({ args }, piece) =>
      isInput(args[1], piece) &&
      !/^(?:location|access-control-allow-origin)$/i.test(fixedText(args[0], piece) ?? '') &&
      !checks.test(before(args[1]!, piece).slice(-800)) &&
      !/replace|encode/i.test(before(args[1]!, piece).slice(-800)),
  },
  vulnerable: [
    'class A { void f(HttpServletRequest request, HttpServletResponse response) { response.setHeader("X-Name", request.getParameter("n")); } }',
  ],
  fixed: ['class A { void f(HttpServletResponse response) { response.setHeader("X-Name", "a"); } }'],
})
