import { isInput } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/request-forgery',
  cwe: ['CWE-918'],
  languages: ['go'],
  title: 'Fetches an address that the visitor chooses',
  needs: ['http.', 'client.', 'net.Dial'],
  call: {
    name: /^(?:http|\w*[cC]lient)\.(?:Get|Post|Head|PostForm|NewRequest|NewRequestWithContext)$|^net\.Dial\w*$/,
    weak: ({ args }, piece) =>
      args.some(a => isInput(a, piece) && !/\.Body$/.test(a.text().slice(0, 80)) && !guarded(a, piece)),
  },
  vulnerable: [
    'package main\n\nfunc fetch(w http.ResponseWriter, r *http.Request) {\n\tresp, _ := http.Get(r.URL.Query().Get("url"))\n\tio.Copy(w, resp.Body)\n}\n',
  ],
  fixed: [
    'package main\n\nfunc fetch(w http.ResponseWriter, r *http.Request) {\n\tresp, _ := http.Get("https://api.example/rates")\n\tio.Copy(w, resp.Body)\n}\n',
  ],
})
