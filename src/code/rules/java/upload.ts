import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'java/upload',
  languages: ['java'],
  cwe: ['CWE-434', 'CWE-22'],
  title: 'Keeps an uploaded file under the name and of the kind that the sender likes',
  needs: ['getOriginalFilename', 'getSubmittedFileName'],
  call: {
    name: /\.(?:getOriginalFilename|getSubmittedFileName)$/,
    weak: ({ node }, piece) =>
      !/getContentType|endsWith|getExtension|allowed|FilenameUtils|randomUUID|normalize|cleanPath|getFileName/i.test(
        around(node, piece),
      ) && /transferTo|write|copy|FileOutputStream/.test(around(node, piece)),
  },
  vulnerable: [
    'class A { void up(MultipartFile file) throws Exception { file.transferTo(new File("/uploads/" + file.getOriginalFilename())); } }',
  ],
  fixed: [
    'class A { void up(MultipartFile file) throws Exception { if (!allowed.contains(file.getContentType())) throw new Exception(); file.transferTo(new File("/uploads/" + UUID.randomUUID())); } }',
  ],
})
