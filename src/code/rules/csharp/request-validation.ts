import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'csharp/request-validation',
  cwe: ['CWE-554', 'CWE-20', 'CWE-79'],
  languages: ['csharp'],
  title: 'Requests are not looked at for scripts',
  needs: ['ValidateInput', 'AllowHtml', 'ValidateRequest', 'Unvalidated', 'validateRequest'],
  where: function* (piece) {
    for (const node of piece.all('attribute'))
      if (/^(?:ValidateInput\s*\(\s*false\s*\)|AllowHtml)$/.test(shortly(node, 80))) yield node
    for (const { node, name, value } of settingsOf(piece))
      if (lastPart(name) === 'ValidateRequest' && shortly(value) === 'false') yield node
  },
  vulnerable: [
    'public class A : Controller {\n  [ValidateInput(false)]\n  public ActionResult Save(string text) { return View(); }\n}\n',
  ],
  fixed: [
    'public class A : Controller {\n  [ValidateInput(true)]\n  public ActionResult Save(string text) { return View(); }\n}\n',
  ],
})
