import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/open-redirect',
  cwe: ['CWE-601'],
  languages: ['csharp'],
  title: 'Sends the visitor to an address that is not fixed',
  needs: ['Redirect'],
  call: {
    name: /(?:^|\.)(?:Redirect|RedirectPermanent|RedirectPreserveMethod)$|^new RedirectResult$/,
    weak: ({ args: [to] }, piece) => {
      const text = shortly(to)
      if (!to || isConstant(to, piece) || guarded(to, piece)) return false
      return !/^(?:this\.)?(?:Url\.(?:Action|Page|RouteUrl|Content|Link)\(|(?:\w+\.)?ResolveUrl\(|\$?@?"(?:~?\/(?!\/)\w|https?:\/\/[\w.-]+\/))/.test(
        text,
      )
    },
  },
  vulnerable: ['public ActionResult Back(string returnUrl) {\n  return Redirect(returnUrl);\n}\n'],
  fixed: [
    'public ActionResult Back(string returnUrl) {\n  if (Url.IsLocalUrl(returnUrl)) return Redirect(returnUrl);\n  return RedirectToAction("Index");\n}\n',
    'public ActionResult Back() { return Redirect("/home"); }\n',
  ],
})
