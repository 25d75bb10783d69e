import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/cookie-flags',
  languages: ['php'],
  cwe: ['CWE-614', 'CWE-1004'],
  title: 'Sets a cookie that scripts or eavesdroppers can read',
  needs: ['setcookie', 'cookie'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const options = shortly(args[2], 800)
      if (
        /^\\?set(?:raw)?cookie$/.test(name) &&
        !/time\(\)\s*-/.test(shortly(args[2])) &&
        (/^\[|^array/.test(options)
          ? !(/httponly['"]\s*=>\s*true/i.test(options) && /secure['"]\s*=>\s*true/i.test(options))
          : args.length < 7 || args.slice(5, 7).some(arg => /^(?:false|0)$/i.test(shortly(arg, 8))))
      )
        yield node
      else if (
        /^\\?ini_set$/.test(name) &&
        /session\.cookie_(?:httponly|secure)/.test(fixedText(args[0], piece) ?? '') &&
        /^(?:0|false|['"](?:0|off)?['"])$/i.test(shortly(args[1], 8))
      )
        yield node
    }
  },
  vulnerable: [
    '<?php setcookie("session", $id);',
    '<?php setcookie("session", $id, time() + 3600, "/", "", false, false);',
  ],
  fixed: ['<?php setcookie("session", $id, ["secure" => true, "httponly" => true, "samesite" => "Strict"]);'],
})
