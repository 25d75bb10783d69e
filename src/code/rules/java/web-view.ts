import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/web-view',
  languages: ['java'],
  cwe: ['CWE-200', 'CWE-749', 'CWE-79'],
  title: 'Lets a page in the program reach files or code',
  needs: [
    'setAllowFileAccess',
    'setAllowUniversalAccess',
    'addJavascriptInterface',
    'setJavaScriptEnabled',
    'setAllowContentAccess',
  ],
  call: {
    name: /\.(?:setAllowFileAccess(?:FromFileURLs|FromURLs)?|setAllowUniversalAccessFrom(?:File)?URLs|setJavaScriptEnabled|addJavascriptInterface)$/,
    weak: ({ name, args }) => /Interface$/.test(name) || shortly(args[0], 8) === 'true',
  },
  vulnerable: ['class A { void f(WebView w) { w.getSettings().setAllowFileAccess(true); } }'],
  fixed: ['class A { void f(WebView w) { w.getSettings().setAllowFileAccess(false); } }'],
})
