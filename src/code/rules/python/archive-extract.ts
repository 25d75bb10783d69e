import { rule } from '../../rule.ts'

export default rule({
  id: 'python/archive-extract',
  cwe: ['CWE-22'],
  languages: ['python'],
  title: 'Unpacks wherever an archive says',
  needs: ['extract', 'unpack_archive'],
  call: {
    name: /\.extractall$|(?:tar|tf|zip|archive|zf|z|t)\w*\.extract$|^shutil\.unpack_archive$/,
    weak: ({ named, node }, piece) => {
      const scope = piece.names.scopeAt(node.range().start.index)
      const around = piece.code.slice(scope?.from ?? 0, scope?.to ?? 20_000).slice(0, 20_000)
      return (
        !named.has('filter') &&
        !named.has('members') &&
        !/is_relative_to|commonp|realpath|abspath|startswith|\.\.["'] /.test(around)
      )
    },
  },
  vulnerable: [
    'import tarfile\nwith tarfile.open(path) as tar:\n    tar.extractall(target)\n',
    'zipfile.ZipFile(f).extractall("out")\n',
  ],
  fixed: ["import tarfile\nwith tarfile.open(path) as tar:\n    tar.extractall(target, filter='data')\n"],
})
