import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'java/open-permissions',
  languages: ['java'],
  cwe: ['CWE-732', 'CWE-276'],
  title: 'Lets everyone on the machine read, write or run',
  needs: ['setReadable', 'setWritable', 'setExecutable', 'PosixFilePermission', 'WORLD', '777', 'chmod'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /\.set(?:Readable|Writable|Executable)$/.test(name) &&
        shortly(args[0], 8) === 'true' &&
        shortly(args[1], 8) === 'false'
      )
        yield node
      if (/PosixFilePermissions\.fromString$/.test(name) && /^.{7}.?w|^.{7}w/.test(fixedText(args[0], piece) ?? ''))
        yield node
      if (/exec$/.test(name) && /chmod\s+(?:-R\s+)?(?:0?777|666|a\+w)/.test(flowOf(args[0], piece).text)) yield node
    }
    for (const node of piece.all('field_access', 'identifier'))
      if (
        /^(?:Context\.|PosixFilePermission\.)?(?:MODE_WORLD_(?:READABLE|WRITEABLE)|OTHERS_WRITE)$/.test(
          shortly(node, 60),
        )
      )
        yield node
  },
  vulnerable: [
    'class A { void f(File x) { x.setWritable(true, false); } }',
    'class A { void f() { PosixFilePermissions.fromString("rwxrwxrwx"); } }',
  ],
  fixed: [
    'class A { void f(File x) { x.setWritable(true, true); } }',
    'class A { void f() { PosixFilePermissions.fromString("rw-------"); } }',
  ],
})
