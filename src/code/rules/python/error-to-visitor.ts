import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const web = /\brequest\b|HttpResponse|jsonify|make_response|@\w+\.route|self\.write|flask|django|fastapi/i

export default rule({
  id: 'python/error-to-visitor',
  cwe: ['CWE-209', 'CWE-200', 'CWE-497'],
  languages: ['python'],
  title: 'Tells visitors what went wrong inside',
  needs: ['except', 'traceback'],
  where: function* (piece) {
    if (!web.test(piece.code)) return
    for (const node of piece.all('return_statement')) {
      const text = shortly(node, 400)
      if (/traceback\.format_exc\(|sys\.exc_info\(/.test(text)) yield node
      const caught = node
        .ancestors()
        .slice(0, 12)
        .find(a => a.kind() === 'except_clause')
      const name = /^except\b[^:\n]*?(?:\bas\s+|,\s*)(\w+)\s*:/.exec(
        caught ? piece.code.slice(caught.range().start.index, caught.range().start.index + 200) : '',
      )?.[1]
      if (name && new RegExp(`(?:str|repr|format)\\(\\s*${name}\\b|[{,(+%]\\s*${name}\\b`).test(text)) yield node
    }
  },
  vulnerable: [
    "@app.route('/')\ndef view():\n    try:\n        return load()\n    except Exception as e:\n        return str(e)\n",
    'def view(request):\n    try:\n        return load()\n    except Exception:\n        return HttpResponse(traceback.format_exc())\n',
  ],
  fixed: [
    "@app.route('/')\ndef view():\n    try:\n        return load()\n    except Exception as e:\n        logger.exception(e)\n        return 'failed', 500\n",
  ],
})
