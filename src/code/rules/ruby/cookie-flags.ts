import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/cookie-flags',
  languages: ['ruby'],
  cwe: ['CWE-614', 'CWE-1004'],
  title: 'Sets a cookie that scripts or eavesdroppers can read',
  needs: ['cookies', 'httponly', 'secure', 'force_ssl'],
  where: function* (piece) {
    for (const node of piece.all('pair'))
      if (/^:?(?:httponly|secure)(?::|\s*=>)\s*false$/.test(shortly(node))) yield node
    for (const node of piece.all('assignment')) {
      if (/force_ssl\s*=\s*false$/.test(shortly(node))) yield node
      if (
        /^cookies(?:\.permanent)?\[/.test(shortly(node.field('left'), 80)) &&
        /sess|token|auth|user|remember|login/i.test(shortly(node.field('left'), 80)) &&
        !/httponly:\s*true|:httponly\s*=>\s*true/.test(shortly(node.field('right'), 800))
      )
        yield node
    }
  },
  vulnerable: ['cookies[:token] = token', 'cookies[:session] = { value: id, httponly: false }'],
  fixed: ['cookies[:token] = { value: token, httponly: true, secure: true }'],
})
