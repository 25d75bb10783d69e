import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'go/open-cors',
  cwe: ['CWE-942', 'CWE-346'],
  languages: ['go'],
  title: 'Every site may read the answers',
  needs: [
    'Access-Control-Allow-Origin',
    'AllowAllOrigins',
    'AllowedOrigins',
    'AllowOrigins',
    'CheckOrigin',
    'AllowAll(',
  ],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const texts = args.slice(0, 2).map(a => shortly(a))
      if (
        /\.(?:Set|Add|Header)$/.test(name) &&
        texts[0] === '"Access-Control-Allow-Origin"' &&
        (texts[1] === '"*"' || /Header\.Get\("Origin"\)|GetHeader\("Origin"\)/.test(texts[1] ?? ''))
      )
        yield node
      if (/^cors\.AllowAll$/.test(name)) yield node
    }
    for (const { node, name, value } of settingsOf(piece)) {
      const text = shortly(value)
      if (lastPart(name) === 'AllowAllOrigins' && text === 'true') yield node
      if (/^Allow(?:ed)?Origins$/.test(lastPart(name)) && /"\*"/.test(text)) yield node
      if (lastPart(name) === 'CheckOrigin' && /\{\s*return true;?\s*\}$/.test(text)) yield node
    }
  },
  vulnerable: [
    'package main\n\nfunc open(w http.ResponseWriter) { w.Header().Set("Access-Control-Allow-Origin", "*") }\n',
    'package main\n\nvar up = websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return true }}\n',
  ],
  fixed: [
    'package main\n\nfunc open(w http.ResponseWriter) { w.Header().Set("Access-Control-Allow-Origin", "https://shop.example") }\n',
  ],
})
