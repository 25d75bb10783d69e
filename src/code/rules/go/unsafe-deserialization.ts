import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/unsafe-deserialization',
  cwe: ['CWE-502'],
  languages: ['go'],
  title: 'Rebuilds values or code from what a visitor sends',
  needs: ['gob.', 'plugin.Open', 'goja', 'otto', 'yaegi', 'Eval'],
  call: {
    name: /^gob\.NewDecoder$|^plugin\.Open$|\.(?:Eval|RunString|EvalPath)$/,
    weak: ({ args }, piece) => args.some(a => isInput(a, piece) || /^conn\b|\.Body$/.test(a.text().slice(0, 40))),
  },
  vulnerable: [
    'package main\n\nfunc take(w http.ResponseWriter, r *http.Request) {\n\tvar v interface{}\n\tgob.NewDecoder(r.Body).Decode(&v)\n}\n',
  ],
  fixed: [
    'package main\n\nfunc take(w http.ResponseWriter, r *http.Request) {\n\tvar v Order\n\tjson.NewDecoder(r.Body).Decode(&v)\n}\n',
  ],
})
