import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'

/** Groups of small pictures side by side. */
export function sheet(figure: Extract<Figure, { kind: 'sheet' }>): { svg: Markup; words: string } {
  const groups = figure.groups.map(({ name, tiles }) => {
    const pictures = tiles.map(
      tile =>
        html`<img alt="${visibleText(tile.name, 80)}" width="${tile.width}" height="${tile.height}" src="data:image/png;base64,${tile.png}">`,
    )
    return html`<div><h4>${visibleText(name, 80)}</h4>${pictures}</div>`
  })
  const words = figure.groups.map(({ name, tiles }) => `${name}: ${tiles.length} pictures`).join('; ')
  return { svg: html`<div class="sheet">${groups}</div>`, words: visibleText(words, 2000) }
}
