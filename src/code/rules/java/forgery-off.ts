import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/forgery-off',
  languages: ['java'],
  cwe: ['CWE-352'],
  title: 'Switches the protection against forged requests off',
  needs: ['csrf'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (/csrf\(\)\.disable$/.test(name) || (/(?:^|\.)csrf$/.test(name) && /disable/.test(shortly(args[0]))))
        yield node
  },
  vulnerable: [
    'class A { void f(HttpSecurity http) throws Exception { http.csrf().disable(); } }',
    'class A { void f(HttpSecurity http) throws Exception { http.csrf(csrf -> csrf.disable()); } }',
  ],
  fixed: [
    'class A { void f(HttpSecurity http) throws Exception { http.authorizeRequests().anyRequest().authenticated(); } }',
  ],
})
