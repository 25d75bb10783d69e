import { isConstant } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before } from '../../web.ts'

/** Not fixed, and nothing quoted it for the shell. */
const loose = (value: Tree, piece: Piece): boolean =>
  !isConstant(value, piece) && !/escapeshell/.test(before(value, piece).slice(-1500))

export default rule({
  id: 'php/command',
  languages: ['php'],
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  title: 'Runs a command of the system that is not fixed',
  needs: ['exec', 'system', 'passthru', 'popen', 'proc_open', '`', 'Process'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^\\?(?:exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec|expect_popen)$|^Process::fromShellCommandline$/i.test(
          name,
        ) &&
        args[0] &&
        loose(args[0], piece)
      )
        yield node
    for (const node of piece.all('shell_command_expression')) if (loose(node, piece)) yield node
  },
  vulnerable: [
    "<?php exec('ping -c 1 ' . $_GET['host']);",
    '<?php function f($dir) { $cmd = "ls $dir"; return shell_exec($cmd); }',
    '<?php $x = `ls $dir`;',
  ],
  fixed: ["<?php exec('ping -c 1 ' . escapeshellarg($_GET['host']));", "<?php system('ls');"],
})
