import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'
import { html } from '../../web.ts'

/** Mark-up that may hold what others wrote. */
function raw(value: Tree | null | undefined, piece: Piece): boolean {
  if (!value || /sanit|purif|escape|encode/i.test(shortly(value, 4000))) return false
  const { origin, built } = flowOf(value, piece)
  return (
    origin === 'input' ||
    origin === 'parameter' ||
    built ||
    (origin === 'unknown' && !/^(?:call_expression)$/.test(String(value.kind())))
  )
}

export default rule({
  id: 'javascript/markup-in-page',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-79', 'CWE-80'],
  title: 'Writes mark-up that is not fixed into the page',
  needs: ['HTML', 'document', '.html(', 'append', 'prepend', 'srcdoc'],
  where: function* (piece) {
    for (const node of piece.all('assignment_expression', 'augmented_assignment_expression'))
      if (/\.(?:innerHTML|outerHTML|srcdoc)$/.test(shortly(node.field('left'), 200)) && raw(node.field('right'), piece))
        yield node
    for (const { node, name, args } of piece.calls) {
      const at = /\.insertAdjacentHTML$/.test(name) ? 1 : 0
      if (
        /(?:^|\.)document\.write(?:ln)?$|\.insertAdjacentHTML$|\$\(\)\.html$|\$\w*\.html$|createContextualFragment$/.test(
          name,
        ) &&
        raw(args[at], piece)
      )
        yield node
      else if (
        /\$\w*(?:\(\))?\.(?:append|prepend|after|before|replaceWith)$/.test(name) &&
        raw(args[0], piece) &&
        html.test(flowOf(args[0], piece).text)
      )
        yield node
    }
  },
  vulnerable: [
    'function show(name) { el.innerHTML = name }',
    "document.write('<b>' + location.hash + '</b>')",
    "function f(x) { $('#a').html('<b>' + x + '</b>') }",
  ],
  fixed: [
    'function show(name) { el.textContent = name }',
    "el.innerHTML = ''",
    "el.innerHTML = '<b>done</b>'",
    'function show(name) { el.innerHTML = DOMPurify.sanitize(name) }',
  ],
})
