import { shortly } from '../../calls.ts'
import { flowOf, isConstant, isInput } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before } from '../../web.ts'

/** Not fixed, and nothing quoted it for the shell. */
const loose = (value: Tree, piece: Piece): boolean =>
  !isConstant(value, piece) && !/[sS]hell(?:words|escape)/.test(before(value, piece).slice(-1000))

export default rule({
  id: 'ruby/command',
  languages: ['ruby'],
  cwe: ['CWE-78', 'CWE-77', 'CWE-88'],
  title: 'Runs a command of the system that is not fixed',
  needs: ['system', 'exec', '`', 'spawn', 'popen', 'Open3', '%x', 'open('],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /^(?:Kernel\.|Process\.|PTY\.)?(?:system|exec|spawn)$|^IO\.popen$|^Open3\.\w+$/.test(name) &&
        args[0] &&
        (loose(args[0], piece) ||
          (/^['"](?:\/bin\/)?(?:ba)?sh['"]$/.test(shortly(args[0])) && args.some(arg => loose(arg, piece)))) &&
        (args.length === 1 || flowOf(args[0], piece).built || /sh['"]$/.test(shortly(args[0])))
      )
        yield node
      else if (/^(?:Kernel\.)?open$/.test(name) && args[0] && isInput(args[0], piece)) yield node
    }
    for (const node of piece.all('subshell')) if (loose(node, piece)) yield node
  },
  vulnerable: [
    "def f(host)\n  system('ping -c 1 ' + host)\nend",
    'def f\n  `ls #{params[:dir]}`\nend',
    'def f(x)\n  Open3.capture2("cat #{x}")\nend',
  ],
  fixed: [
    "def f(host)\n  system('ping', '-c', '1', host)\nend",
    'def f(host)\n  system("ping #{Shellwords.escape(host)}")\nend',
    "system 'ls'",
  ],
})
