import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'go/old-tls',
  cwe: ['CWE-327', 'CWE-326', 'CWE-757'],
  languages: ['go'],
  title: 'A version of TLS or a cipher suite that is broken',
  needs: ['tls.'],
  where: function* (piece) {
    for (const { node, name, value } of settingsOf(piece))
      if (
        /^M(?:in|ax)Version$/.test(lastPart(name)) &&
        /^(?:tls\.Version(?:SSL30|TLS10|TLS11)|0x030[012]|0)$/.test(shortly(value))
      )
        yield node
    for (const node of piece.all('selector_expression'))
      if (/^tls\.TLS_\w*(?:RC4|3DES|_NULL_)\w*$/.test(shortly(node, 80))) yield node
  },
  vulnerable: ['package main\n\nvar c = &tls.Config{MinVersion: tls.VersionTLS10}\n'],
  fixed: ['package main\n\nvar c = &tls.Config{MinVersion: tls.VersionTLS12}\n'],
})
