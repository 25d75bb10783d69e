import { isConstant, isHandedIn } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/template-text',
  cwe: ['CWE-94', 'CWE-1336', 'CWE-79'],
  languages: ['go'],
  title: 'A template comes from elsewhere',
  needs: ['template.'],
  call: {
    name: /template\.New\(\)(?:\.\w+\(\))*\.Parse$|^(?:tmpl|tpl|t)\.Parse$/,
    weak: ({ args: [text] }, piece) => !isConstant(text, piece) && isHandedIn(text, piece),
  },
  vulnerable: [
    'package main\n\nfunc show(w http.ResponseWriter, r *http.Request) {\n\tt, _ := template.New("page").Parse("<p>" + r.FormValue("text") + "</p>")\n\tt.Execute(w, nil)\n}\n',
  ],
  fixed: [
    'package main\n\nfunc show(w http.ResponseWriter, r *http.Request) {\n\tt, _ := template.New("page").Parse("<p>{{.}}</p>")\n\tt.Execute(w, r.FormValue("text"))\n}\n',
  ],
})
