import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'

/** From what to which label pictures went, as a table of counts. */
export function flow(figure: Extract<Figure, { kind: 'flow' }>): { svg: Markup; words: string } {
  const rows = figure.flows.map(
    ({ from, to, rows, lit }) =>
      html`<tr class="${lit ? 'lit' : ''}"><td>${visibleText(from, 80)}</td><td>${visibleText(to, 80)}</td><td>${rows}</td></tr>`,
  )
  const words = figure.flows.map(({ from, to, rows }) => `${from} to ${to}: ${rows}`).join('; ')
  return {
    svg: html`<table><tr><th>${figure.from}</th><th>${figure.to}</th><th>pictures</th></tr>${rows}</table>`,
    words: visibleText(words, 2000),
  }
}
