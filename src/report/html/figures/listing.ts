import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'

/** A program as pseudo-code, with the accused lines marked. */
export function listing(figure: Extract<Figure, { kind: 'listing' }>): { svg: Markup; words: string } {
  const lines = figure.lines.map(
    line =>
      html`<tr class="${line.lit ? 'lit' : ''}"><td class="offset">${line.offset}</td><td><code>${visibleText(line.text, 400)}</code></td></tr>`,
  )
  const lit = figure.lines.filter(line => line.lit).length
  return {
    svg: html`<table class="listing"><tbody>${lines}</tbody></table>`,
    words: `${figure.lines.length} lines, ${lit} of them accused${figure.more > 0 ? `; ${figure.more} further lines are left out` : ''}.`,
  }
}
