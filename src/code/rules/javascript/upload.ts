import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around } from '../../web.ts'

export default rule({
  id: 'javascript/upload',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-434', 'CWE-22'],
  title: 'Keeps an uploaded file under the name and of the kind that the sender likes',
  needs: ['originalname', 'multer', '.mv(', 'file.name', 'originalFilename'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const text = around(node, piece)
      const kinds = /mimetype|fileFilter|extname|allowed|\bmagic\b|fileType|limits/i.test(text)
      if (/(?:^|\.)mv$/.test(name) && /\.name\b|originalname/.test(shortly(args[0]) || text) && !kinds) yield node
      else if (name === 'multer' && !kinds) yield node
      else if (
        /^(?:cb|callback|done)$/.test(name) &&
        /originalname|originalFilename/.test(shortly(args[1])) &&
        !/basename|sanitize|extname/.test(shortly(args[1])) &&
        !kinds
      )
        yield node
    }
  },
  vulnerable: [
    "app.post('/up', (req, res) => { const f = req.files.f; f.mv('./uploads/' + f.name) })",
    "const upload = multer({ dest: 'uploads/' })",
  ],
  fixed: [
    "const upload = multer({ dest: 'uploads/', limits: { fileSize: 1e6 }, fileFilter: (req, file, cb) => cb(null, allowed.has(file.mimetype)) })",
  ],
})
