import type { Figure } from '../../../core/index.ts'
import { numberText, percentText } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { px } from './scale.ts'

type Bars = Extract<Figure, { kind: 'bars' }>

/** More bars than this are no picture; the largest and the lit ones come first in the list anyway. */
const mostBars = 16
const size = { width: 560, line: 38 }

/** Horizontal bars with their names above them, so that long names have room. */
export function bars(figure: Bars): { svg: Markup; words: string } {
  const shown = figure.bars.slice(0, mostBars)
  const left = figure.bars.length - shown.length
  const most = shown.reduce((max, b) => Math.max(max, b.value), 0) || 1
  const height = 26 + shown.length * size.line + (left > 0 ? 22 : 0)
  const words = inWords(figure)
  const svg = html`<svg viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${words}" class="plot">
<g class="axis"><text class="name" x="0" y="14">${visibleText(figure.x, 80)}</text></g>
${shown.map((bar, i) => barOf(bar, 26 + i * size.line, most))}
${left > 0 ? html`<g class="axis"><text x="0" y="${height - 6}">and ${left} more</text></g>` : null}
</svg>`
  return { svg, words }
}

function barOf(bar: Bars['bars'][number], y: number, most: number): Markup {
  const width = Math.max(2, (Math.max(0, bar.value) / most) * size.width)
  const share = bar.of ? ` of ${numberText(bar.of)} (${percentText(bar.value / bar.of)})` : ''
  const lit = bar.lit ? 'lit' : 'plain'
  return html`<g class="bar ${lit}"><text x="0" y="${y + 12}">${visibleText(bar.name, 52)}</text><text class="value" x="${size.width}" y="${y + 12}" text-anchor="end">${numberText(bar.value)}${share}</text><rect class="track" x="0" y="${y + 19}" width="${size.width}" height="8" rx="4"/><rect class="fill" x="0" y="${y + 19}" width="${px(width)}" height="8" rx="4"/></g>`
}

function inWords({ title, bars }: Bars): string {
  const said = bars
    .slice(0, 5)
    .map(b => `“${visibleText(b.name, 40)}” ${numberText(b.value)}${b.of ? ` of ${numberText(b.of)}` : ''}`)
  return `${visibleText(title, 200)}: ${said.join('; ')}${bars.length > 5 ? ` and ${bars.length - 5} more` : ''}.`
}
