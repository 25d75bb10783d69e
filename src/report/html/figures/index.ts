import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { bars } from './bars.ts'
import { flow } from './flow.ts'
import { heat } from './heat.ts'
import { line } from './line.ts'
import { listing } from './listing.ts'
import { names } from './names.ts'
import { sheet } from './sheet.ts'
import { volcano } from './volcano.ts'

/** A picture with its title, and in words for those who do not see it. */
export function figureOf(figure: Figure): Markup | null {
  if (isEmpty(figure)) return null
  const { svg, words } = drawn(figure)
  const title = visibleText(figure.title, 200)
  return html`<figure class="${figure.kind}"><figcaption>${title}</figcaption><div class="scroll${leansRight(figure) ? ' from-right' : ''}" tabindex="0" role="group" aria-label="${title}">${svg}</div><details class="words"><summary>In words</summary><p>${words}</p></details></figure>`
}

function isEmpty(figure: Figure): boolean {
  if (figure.kind === 'volcano') return figure.points.length === 0
  if (figure.kind === 'heat') return figure.labels.length === 0
  if (figure.kind === 'names') return figure.names.length === 0
  if (figure.kind === 'listing') return figure.lines.length === 0
  if (figure.kind === 'flow') return figure.flows.length === 0
  if (figure.kind === 'sheet') return figure.groups.every(g => g.tiles.length === 0)
  return figure.kind === 'bars' ? figure.bars.length === 0 : figure.series.every(s => s.points.length === 0)
}

/** On a narrow screen a wide plot begins at the side where something glows. */
const leansRight = (figure: Figure): boolean =>
  figure.kind === 'volcano' && figure.points.reduce((sum, p) => sum + (p.lit ? Math.sign(p.x) : 0), 0) > 0

function drawn(figure: Figure): { svg: Markup; words: string } {
  switch (figure.kind) {
    case 'volcano':
      return volcano(figure)
    case 'heat':
      return heat(figure)
    case 'bars':
      return bars(figure)
    case 'line':
      return line(figure)
    case 'names':
      return names(figure)
    case 'listing':
      return listing(figure)
    case 'flow':
      return flow(figure)
    case 'sheet':
      return sheet(figure)
  }
}
