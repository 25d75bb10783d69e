import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/session',
  languages: ['php'],
  cwe: ['CWE-384', 'CWE-613'],
  title: 'Takes the id of a session from the request',
  needs: ['session_id', 'use_only_cookies', 'use_trans_sid'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (/^\\?session_id$/.test(name) && isInput(args[0], piece)) yield node
      else if (
        /^\\?ini_set$/.test(name) &&
        /session\.use_(?:only_cookies|strict_mode)/.test(fixedText(args[0], piece) ?? '') &&
        /^['"]?(?:0|false)['"]?$/i.test(shortly(args[1], 8))
      )
        yield node
  },
  vulnerable: ['<?php session_id($_GET["sid"]); session_start();'],
  fixed: ['<?php session_start(); session_regenerate_id(true);'],
})
