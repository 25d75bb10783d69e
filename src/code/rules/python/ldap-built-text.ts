import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/ldap-built-text',
  cwe: ['CWE-90'],
  languages: ['python'],
  title: 'Puts values into an LDAP query',
  needs: ['search', 'ldap', 'bind'],
  call: {
    name: /\.(?:search(?:_s|_st|_ext|_ext_s)?|(?:simple_)?bind(?:_s)?|modify_s|add_s|delete_s)$/,
    weak({ args, named }, piece) {
      if (/escape_filter_chars|escape_dn_chars|escape_rdn/.test(piece.code)) return false
      return [...args, ...named.values()].slice(0, 6).some(arg => {
        const { built, text } = flowOf(arg, piece)
        return built && (/\(\s*[&|!(]*\s*\w+\s*=/.test(text) || /\b(?:dc|cn|ou|uid|dn)=/i.test(text))
      })
    },
  },
  vulnerable: ["def f(con, user):\n    flt = '(uid={})'.format(user)\n    return con.search_s('dc=example', 2, flt)\n"],
  fixed: [
    "from ldap.filter import escape_filter_chars\ndef f(con, user):\n    return con.search_s('dc=example', 2, '(uid=' + escape_filter_chars(user) + ')')\n",
  ],
})
