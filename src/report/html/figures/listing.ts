import type { Figure } from '../../../core/index.ts'
import { counted } from '../../lines.ts'
import { dataText, html, type Markup } from '../markup.ts'

type Listing = Extract<Figure, { kind: 'listing' }>

/** A program as pseudo-code, with the accused lines marked. */
export function listing(figure: Listing): { svg: Markup; words: string } {
  const lit = figure.lines.filter(line => line.lit).length
  const more = figure.more > 0 ? `; ${counted(figure.more, 'further line')} left out` : ''
  return {
    svg: html`${listed(figure.lines)}`,
    words: `${counted(figure.lines.length, 'line')}, ${lit} of them accused${more}.`,
  }
}

/** Lines of a program with their places; the accused ones lit. */
export const listed = (lines: Listing['lines']): Markup =>
  html`<div class="scroll tall" tabindex="0" role="group" aria-label="Program"><table class="listing"><tbody>${lines.map(
    line =>
      html`<tr class="${line.lit ? 'lit' : 'plain'}"><td class="offset">${line.offset.toLocaleString('en-US')}</td><td><code>${dataText(line.text, [], 400)}</code></td></tr>`,
  )}</tbody></table></div>`
