import { shortly } from '../../calls.ts'
import { flowOf, isHandedIn, isInput } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { around, before } from '../../web.ts'

const guards =
  /startsWith\(|getCanonical|toRealPath|normalize\(\)|getFileName\(\)|FilenameUtils|contains\(\s*"\.\.|\.matches\(|allowed|whitelist|isValid/i
const risky = (arg: Tree, piece: Piece): boolean => {
  const { origin, built } = flowOf(arg, piece)
  return (
    origin === 'input' ||
    (origin === 'parameter' && built) ||
    (built && /@RequestParam|@PathVariable|getName\(\)|getOriginalFilename/.test(before(arg, piece)))
  )
}

export default rule({
  id: 'java/path',
  languages: ['java'],
  cwe: ['CWE-22', 'CWE-73'],
  title: 'Opens a path that was handed in and not checked',
  needs: ['File', 'Paths', 'Path.of', 'getResource', 'ZipEntry', 'FileSystemResource'],
  call: {
    name: /^new (?:java\.io\.)?(?:File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile|FileSystemResource|PrintWriter)$|(?:^|\.)(?:Paths\.get|Path\.of)$|\.(?:resolve|transferTo)$/,
    weak: ({ name, args }, piece) => {
      if (/transferTo|resolve$/.test(name))
        return (
          args.some(
            arg =>
              isInput(arg, piece) ||
              (/getOriginalFilename|getName\(\)/.test(shortly(arg)) && /ZipEntry|MultipartFile|entry/.test(piece.code)),
          ) && !guards.test(around(args[0]!, piece))
        )
      const within = args.length > 1 && /File$|Paths\.get$|Path\.of$/.test(name) && isHandedIn(args.at(-1), piece)
      return (within || args.some(arg => risky(arg, piece))) && !guards.test(around(args[0]!, piece))
    },
  },
  vulnerable: [
    'class A { void f(HttpServletRequest request) throws Exception { File f = new File("/data/" + request.getParameter("name")); new FileInputStream(f); } }',
    'class A { String read(String name) throws Exception { return new String(Files.readAllBytes(Paths.get("/data/" + name))); } }',
    'class A { File at(String name) { return new File(BASE, name); } }',
  ],
  fixed: [
    'class A { String read(String name) throws Exception { Path p = base.resolve(name).normalize(); if (!p.startsWith(base)) throw new SecurityException(); return Files.readString(p); } }',
    'class A { void f() throws Exception { new FileInputStream("/data/a.txt"); } }',
  ],
})
