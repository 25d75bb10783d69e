import type { Figure } from '../../../core/index.ts'
import { counted } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { thumb } from '../pictures.ts'

/** Groups of small pictures, each under its name. */
export function sheet(figure: Extract<Figure, { kind: 'sheet' }>): { svg: Markup; words: string } {
  const groups = figure.groups.map(
    ({ name, lit, tiles }) =>
      html`<h4>${visibleText(name, 80)}</h4><div class="tiles">${tiles.map(tile => thumb(tile, lit))}</div>`,
  )
  const words = figure.groups.map(({ name, tiles }) => `${name}: ${counted(tiles.length, 'picture')}`).join('; ')
  return { svg: html`${groups}`, words: visibleText(words, 2000) }
}
