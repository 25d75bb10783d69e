import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/cookie-flags',
  cwe: ['CWE-614', 'CWE-1004'],
  languages: ['go'],
  title: 'A cookie that scripts or listeners can read',
  needs: ['Cookie'],
  where: function* (piece) {
    const says = (word: string) => new RegExp(`\\b${word}\\s*[:=]\\s*(?!false)`).test(piece.code)
    for (const node of piece.all('composite_literal'))
      if (/^(?:http\.|fiber\.)?Cookie$/.test(shortly(node.field('type'), 40)) && !(says('Secure') && says('HttpOnly')))
        yield node
    for (const { node, name, args } of piece.calls)
      if (/\.SetCookie$/.test(name) && args.length === 7 && args.slice(5).some(a => shortly(a) === 'false')) yield node
  },
  vulnerable: [
    'package main\n\nfunc keep(w http.ResponseWriter, id string) {\n\thttp.SetCookie(w, &http.Cookie{Name: "session", Value: id})\n}\n',
  ],
  fixed: [
    'package main\n\nfunc keep(w http.ResponseWriter, id string) {\n\thttp.SetCookie(w, &http.Cookie{Name: "session", Value: id, HttpOnly: true, Secure: true})\n}\n',
  ],
})
