import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'csharp/cookie-flags',
  cwe: ['CWE-614', 'CWE-1004', 'CWE-1275'],
  languages: ['csharp'],
  title: 'A cookie that scripts or listeners can read',
  needs: ['Cookie'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece)) {
      const text = shortly(value)
      if (/^(?:HttpOnly|Secure)$/.test(lastPart(name)) && text === 'false') yield node
      if (/^(?:SecurePolicy|Secure)$/.test(lastPart(name)) && /CookieSecurePolicy\.None$/.test(text)) yield node
      if (/^HttpOnly$/.test(lastPart(name)) && /HttpOnlyPolicy\.None$/.test(text)) yield node
    }
    const says = (word: string) => new RegExp(`\\b${word}\\s*=\\s*(?!false)`).test(piece.code)
    if (says('Secure') && says('HttpOnly')) return
    for (const { node, name } of piece.calls)
      if (/^new (?:[\w.]+\.)?(?:HttpCookie|CookieOptions)$/.test(name.replace(/\s*\{[\s\S]*$/, ''))) yield node
  },
  vulnerable: [
    'public void Keep(string id) {\n  var cookie = new HttpCookie("session", id);\n  Response.Cookies.Add(cookie);\n}\n',
    'Response.Cookies.Append("session", id, new CookieOptions { HttpOnly = false, Secure = true });\n',
  ],
  fixed: [
    'public void Keep(string id) {\n  var cookie = new HttpCookie("session", id) { HttpOnly = true, Secure = true };\n  Response.Cookies.Add(cookie);\n}\n',
  ],
})
