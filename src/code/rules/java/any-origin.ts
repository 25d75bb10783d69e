import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'java/any-origin',
  languages: ['java'],
  cwe: ['CWE-942', 'CWE-346'],
  title: 'Lets scripts of every site read the answers',
  needs: ['CrossOrigin', 'Access-Control', 'allowedOrigin', 'addAllowedOrigin', 'setAllowedOrigin'],
  where: function* (piece) {
    for (const node of piece.all('marker_annotation', 'annotation')) {
      const text = shortly(node)
      if (/^@CrossOrigin(?:$|\(\s*\)|\(.*"\*")/.test(text)) yield node
    }
    for (const { node, name, args } of piece.calls) {
      if (
        /\.(?:setHeader|addHeader|header)$/.test(name) &&
        /^access-control-allow-origin$/i.test(fixedText(args[0], piece) ?? '') &&
        (fixedText(args[1], piece) === '*' || isInput(args[1], piece))
      )
        yield node
      if (
        /\.(?:allowedOrigins|allowedOriginPatterns|addAllowedOrigin|addAllowedOriginPattern|setAllowedOrigins|setAllowedOriginPatterns)$/.test(
          name,
        ) &&
        args.some(arg => /"\*"/.test(shortly(arg)))
      )
        yield node
    }
  },
  vulnerable: [
    '@CrossOrigin(origins = "*") class A { }',
    'class A { void f(HttpServletResponse r) { r.setHeader("Access-Control-Allow-Origin", "*"); } }',
    'class A { void f(CorsRegistry r) { r.addMapping("/**").allowedOrigins("*"); } }',
  ],
  fixed: [
    '@CrossOrigin(origins = "https://app.example.org") class A { }',
    'class A { void f(CorsRegistry r) { r.addMapping("/**").allowedOrigins("https://app.example.org"); } }',
  ],
})
