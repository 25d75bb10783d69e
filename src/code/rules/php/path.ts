import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'php/path',
  languages: ['php'],
  cwe: ['CWE-22', 'CWE-73'],
  title: 'Opens a path that was handed in and not checked',
  needs: ['file', 'fopen', 'unlink', 'readfile', 'copy', 'rename', 'mkdir', 'rmdir', 'opendir', 'scandir', 'Storage'],
  call: {
    name: /^\\?(?:file_get_contents|file_put_contents|fopen|readfile|file|unlink|copy|rename|mkdir|rmdir|opendir|scandir|glob|show_source|highlight_file|parse_ini_file|simplexml_load_file|fpassthru|touch|symlink|chmod|move_uploaded_file)$|(?:->|::)(?:download|sendFile|readFile|BinaryFileResponse)$|^new (?:SplFileObject|BinaryFileResponse)$/,
    weak: ({ name, args }, piece) => {
      const value = /move_uploaded_file/.test(name) ? args[1] : args[0]
      if (!value || /^https?:|^php:\/\/input/.test(flowOf(value, piece).text)) return false
      const { origin, built } = flowOf(value, piece)
      return (
        (origin === 'input' || (origin === 'parameter' && built)) && !checks.test(before(value, piece).slice(-1500))
      )
    },
  },
  vulnerable: [
    '<?php echo file_get_contents("files/" . $_GET["name"]);',
    '<?php function load($name) { return file_get_contents("data/" . $name); }',
  ],
  fixed: [
    '<?php echo file_get_contents("files/" . basename($_GET["name"]));',
    '<?php echo file_get_contents("files/a.txt");',
  ],
})
