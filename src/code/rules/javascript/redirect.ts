import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { before, checks, fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/redirect',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-601'],
  title: 'Sends the visitor where the request says',
  needs: ['redirect', 'location', 'Location', 'open('],
  where: function* (piece) {
    const open = (value: Tree | null | undefined) =>
      !!value &&
      isInput(value, piece) &&
      !/^[`'"](?:https?:\/\/[\w.-]+\/|\/[\w-])/.test(shortly(value)) &&
      !checks.test(before(value, piece).slice(-1500))
    for (const { node, name, args } of piece.calls)
      if (
        /(?:^|\.)(?:res|response|reply|ctx)(?:\.\w+\(\))*\.redirect$|^redirect$|location\.(?:assign|replace)$|^window\.open$/.test(
          name,
        ) &&
        open(args.at(-1))
      )
        yield node
      else if (
        /\.(?:setHeader|set|header|writeHead)$/.test(name) &&
        /location/i.test(fixedText(args[0], piece) ?? '') &&
        open(args[1])
      )
        yield node
    for (const node of piece.all('assignment_expression'))
      if (/(?:^|\.)location(?:\.href)?$/.test(shortly(node.field('left'), 80)) && open(node.field('right'))) yield node
  },
  vulnerable: [
    "app.get('/go', (req, res) => { res.redirect(req.query.url) })",
    "window.location.href = new URLSearchParams(location.search).get('next')",
  ],
  fixed: [
    "app.get('/go', (req, res) => { const url = req.query.url; if (!allowed.includes(url)) return res.redirect('/'); res.redirect(url) })",
    "res.redirect('/home')",
  ],
})
