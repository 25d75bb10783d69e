import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/upload-anything',
  cwe: ['CWE-434', 'CWE-22'],
  languages: ['python'],
  title: 'Keeps an uploaded file under the name it came with',
  needs: ['filename', 'FILES', '.name'],
  call: {
    name: /(?:^|\.)(?:save|open|write|copyfileobj|fs\.save)$/,
    weak({ name, args }, piece) {
      if (
        /secure_filename|allowed_file|ALLOWED_EXT|endswith\(|splitext|content_type|mimetype|imghdr|uuid/i.test(
          piece.code,
        )
      )
        return false
      if (!/\.files\b|\.FILES\b|UploadFile/.test(piece.code)) return false
      const path = args[0]
      const from = /\.filename\b|\.name\b/.test(piece.code)
      return from && !!path && !name.endsWith('write') && flowOf(path, piece).origin === 'input'
    },
  },
  vulnerable: [
    "def up():\n    f = request.files['f']\n    f.save('static/' + f.filename)\n",
    "def up():\n    img = request.files['i']\n    with open('./pictures/' + img.filename, 'wb') as out:\n        out.write(img.read())\n",
  ],
  fixed: ["def up():\n    f = request.files['f']\n    f.save('static/' + secure_filename(f.filename))\n"],
})
