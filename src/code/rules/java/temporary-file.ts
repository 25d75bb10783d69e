import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/temporary-file',
  languages: ['java'],
  cwe: ['CWE-377', 'CWE-379'],
  title: 'Makes a temporary file that others can foresee or read',
  needs: ['/tmp', 'createTempFile', 'java.io.tmpdir', 'deleteOnExit'],
  call: {
    name: /^new (?:java\.io\.)?(?:File|FileWriter|FileOutputStream)$|^File\.createTempFile$/,
    weak: ({ name, args }, piece) =>
      /createTempFile/.test(name) ||
      /^\/(?:var\/)?tmp\//.test(flowOf(args[0], piece).text) ||
      /java\.io\.tmpdir/.test(shortly(args[0])),
  },
  vulnerable: [
    'class A { void f() throws Exception { new FileWriter("/tmp/report.txt"); } }',
    'class A { void f() throws Exception { File.createTempFile("a", "b"); } }',
  ],
  fixed: ['class A { void f() throws Exception { Files.createTempFile("a", "b"); } }'],
})
