import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const changes = /\b(?:HttpPost|HttpPut|HttpDelete|HttpPatch|AcceptVerbs)\b/
const guards =
  /ValidateAntiForgeryToken|AutoValidateAntiforgeryToken|ValidateAntiforgery|ValidateHeaderAntiForgery|AntiForgery/
const mostHead = 600

/** Attributes before a method, those of the class, or a token looked at in the method, make it safe. */
function unguarded(list: Tree, piece: Piece): boolean {
  const { start, end } = list.range()
  if (!changes.test(piece.code.slice(start.index, Math.min(end.index, start.index + mostHead)))) return false
  const head = piece.code.slice(Math.max(0, start.index - mostHead), start.index)
  const own = /(?:\[[^\][;{}]*\]\s*)*$/.exec(head)![0]
  const rest = /^(?:\s*\[[^\][;{}]*\])*/.exec(piece.code.slice(end.index, end.index + mostHead))![0]
  return !guards.test(own) && !guards.test(rest) && !guards.test(piece.code.slice(start.index, end.index))
}

export default rule({
  id: 'csharp/missing-antiforgery',
  cwe: ['CWE-352'],
  languages: ['csharp'],
  title: 'Other sites can send this request in the name of the user',
  needs: ['[Http', '[AcceptVerbs', ', Http', ',Http'],
  where: piece =>
    /\[ApiController|\[AutoValidateAntiforgeryToken|AutoValidateAntiforgeryTokenAttribute/.test(piece.code)
      ? []
      : piece.all('attribute_list').filter(list => unguarded(list, piece)),
  vulnerable: [
    'public class A : Controller {\n  [HttpPost]\n  public ActionResult Save(Item item) { db.Add(item); return View(); }\n}\n',
  ],
  fixed: [
    'public class A : Controller {\n  [HttpPost]\n  [ValidateAntiForgeryToken]\n  public ActionResult Save(Item item) { db.Add(item); return View(); }\n}\n',
    'public class A : Controller {\n  [HttpGet]\n  public ActionResult Show(int id) { return View(); }\n}\n',
  ],
})
