import { rule } from '../../rule.ts'
import { around, literalOf } from '../../web.ts'

export default rule({
  id: 'php/command-unguarded',
  languages: ['php'],
  cwe: ['CWE-862', 'CWE-306', 'CWE-78'],
  title: 'Runs commands of the system, and nothing nearby asks who may',
  needs: ['exec', 'system', 'passthru'],
  call: {
    name: /(?:^\\?|->|::)(?:exec|shell_exec|system|passthru)$/i,
    weak: ({ name, node, args }, piece) =>
      args.length > 0 &&
      !/^(?:composer|git|php|npm|yarn|ls|date|whoami|hostname|uname)\b/.test(literalOf(args[0]) ?? '') &&
      !/pdo|stmt|statement|curl|redis|pipe|multi/i.test(name.replace(/\w+$/, '')) &&
      !/is_?admin|current_user_can|authoriz|isGranted|hasRole|->can\(|Gate::|\bauth\b|Auth::|is_user_logged_in|check_?(?:login|permission|access)|permission|escapeshell/i.test(
        around(node, piece),
      ),
  },
  vulnerable: ['<?php function build($script) { exec($script, $out); return $out; }'],
  fixed: [
    "<?php function build($script) { if (!current_user_can('manage_options')) { die(); } exec($script, $out); return $out; }",
  ],
})
