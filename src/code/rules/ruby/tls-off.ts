import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'ruby/tls-off',
  languages: ['ruby'],
  cwe: ['CWE-295'],
  title: 'Takes any certificate',
  needs: ['VERIFY_NONE', 'verify'],
  where: function* (piece) {
    for (const node of piece.all('scope_resolution'))
      if (/^OpenSSL::SSL::VERIFY_NONE$/.test(shortly(node, 60))) yield node
    for (const node of piece.all('pair'))
      if (/^:?(?:verify|verify_ssl|ssl_verify|ssl_verify_peer|verify_peer)(?::|\s*=>)\s*false$/.test(shortly(node)))
        yield node
  },
  vulnerable: ['http.verify_mode = OpenSSL::SSL::VERIFY_NONE', 'HTTParty.get(url, verify: false)'],
  fixed: ['http.verify_mode = OpenSSL::SSL::VERIFY_PEER', 'HTTParty.get(url, verify: true)'],
})
