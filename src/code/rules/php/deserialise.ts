import { shortly } from '../../calls.ts'
import { isConstant, isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'php/deserialise',
  languages: ['php'],
  cwe: ['CWE-502'],
  title: 'Brings objects of any class to life from data',
  needs: ['unserialize', 'yaml_parse', 'phar://', 'Unserialize'],
  call: {
    name: /^\\?(?:unserialize|igbinary_unserialize|yaml_parse|wddx_deserialize|maybe_unserialize)$/,
    weak: ({ args }, piece) =>
      !!args[0] &&
      !isConstant(args[0], piece) &&
      !/allowed_classes/.test(shortly(args[1])) &&
      (isHandedIn(args[0], piece) || !/serialize\(/.test(shortly(args[0]))),
  },
  vulnerable: [
    '<?php $o = unserialize($_COOKIE["prefs"]);',
    '<?php function load($text) { return unserialize($text); }',
  ],
  fixed: [
    '<?php $o = json_decode($_COOKIE["prefs"], true);',
    '<?php $o = unserialize($text, ["allowed_classes" => false]);',
  ],
})
