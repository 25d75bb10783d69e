import { isInput } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/open-redirect',
  cwe: ['CWE-601'],
  languages: ['go'],
  title: 'Sends the visitor to an address that the visitor names',
  needs: ['Redirect'],
  call: {
    name: /(?:^|\.)Redirect$/,
    weak: ({ args }, piece) =>
      args.some(a => isInput(a, piece) && a.text() !== 'r' && a.text() !== 'req' && !guarded(a, piece)),
  },
  vulnerable: [
    'package main\n\nfunc back(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, r.FormValue("next"), http.StatusFound)\n}\n',
  ],
  fixed: [
    'package main\n\nfunc back(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, "/home", http.StatusFound)\n}\n',
  ],
})
