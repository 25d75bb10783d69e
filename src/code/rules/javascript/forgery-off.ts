import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/forgery-off',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-352'],
  title: 'Switches the protection against forged requests off',
  needs: ['csrf', 'xsrf', 'Csrf', 'sameSite'],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (
        /^['"]?(?:csrf(?:Protection)?|xsrf|enableCsrf|checkCsrf)['"]?\s*:\s*false$|^['"]?(?:ignoreMethods)['"]?\s*:.*POST/i.test(
          shortly(node),
        )
      )
        yield node
    for (const node of piece.all('assignment_expression'))
      if (/csrf/i.test(shortly(node.field('left'), 80)) && shortly(node.field('right'), 8) === 'false') yield node
  },
  vulnerable: ['const app = lusca({ csrf: false })'],
  fixed: ['const app = lusca({ csrf: true })'],
})
