import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'

/** What programs name from outside, coloured by the list on which it stands. */
export function names(figure: Extract<Figure, { kind: 'names' }>): { svg: Markup; words: string } {
  const rows = figure.names.map(
    n =>
      html`<tr class="${n.list}"><td><code>${visibleText(n.name, 200)}</code></td><td>${n.list}</td><td>${n.does}</td><td>${n.times}</td><td>${visibleText(n.why, 300)}</td></tr>`,
  )
  const count = (list: string) => figure.names.filter(n => n.list === list).length
  return {
    svg: html`<table class="names"><thead><tr><th>name</th><th>list</th><th></th><th>times</th><th>why</th></tr></thead><tbody>${rows}</tbody></table>`,
    words: `${figure.names.length} names: ${count('allowed')} allowed, ${count('review')} to review, ${count('unknown')} unknown, ${count('denied')} denied.`,
  }
}
