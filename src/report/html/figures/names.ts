import type { Figure } from '../../../core/index.ts'
import { counted } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'

type Names = Extract<Figure, { kind: 'names' }>

/** Names in sight; the JSON report has them all. */
const mostNames = 120
const lists = ['denied', 'unknown', 'review', 'allowed']

/** What programs name from outside, coloured by the list on which it stands, the gravest first. */
export function names(figure: Names): { svg: Markup; words: string } {
  const sorted = [...figure.names].sort((a, b) => lists.indexOf(a.list) - lists.indexOf(b.list))
  const rows = sorted
    .slice(0, mostNames)
    .map(
      n =>
        html`<tr class="${n.list}"><td><code>${visibleText(n.name, 200)}</code></td><td>${n.list}</td><td>${n.does}</td><td class="number">${n.times.toLocaleString('en-US')}</td><td>${visibleText(n.why, 300)}</td></tr>`,
    )
  const count = (list: string) => figure.names.filter(n => n.list === list).length
  const left = sorted.length - rows.length
  return {
    svg: html`<table class="names"><thead><tr><th>Name</th><th>List</th><th>Is</th><th>Times</th><th>Why</th></tr></thead><tbody>${rows}</tbody></table>${left > 0 ? html`<p class="about">and ${left} more</p>` : null}`,
    words: `${counted(figure.names.length, 'name')}: ${count('denied')} denied, ${count('unknown')} unknown, ${count('review')} to review, ${count('allowed')} allowed.`,
  }
}
