import type { Figure } from '../../../core/index.ts'
import { numberText } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { linear, px, type Scale } from './scale.ts'

type Line = Extract<Figure, { kind: 'line' }>

const size = { width: 560, height: 300, left: 48, right: 110, top: 30, bottom: 48 }
/** Colours that are told apart; further series are grey. */
const colours = 6

/** Lines that share their axes, each named at its end. */
export function line(figure: Line): { svg: Markup; words: string } {
  const all = figure.series.flatMap(s => s.points).filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))
  const [x0, x1] = reach(all.map(p => p[0]))
  const [y0, y1] = reach(all.map(p => p[1]))
  const room = (y1 - y0 || Math.abs(y1) || 1) * 0.08
  const x = linear(x0, x1, size.left, size.width - size.right, 6)
  const y = linear(y0 >= 0 ? Math.max(0, y0 - room) : y0 - room, y1 + room, size.height - size.bottom, size.top, 4)
  const words = inWords(figure)
  const svg = html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${words}" class="plot">
${axes(figure, x, y)}
${figure.series.map((s, i) => html`<path class="series s${Math.min(i, colours)}" d="${pathOf(s.points, x, y)}"/>`)}
${endNames(figure, x, y)}
</svg>`
  return { svg, words }
}

function reach(values: readonly number[]): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  return least > most ? [0, 1] : [least, most]
}

const pathOf = (points: Line['series'][number]['points'], x: Scale, y: Scale): string =>
  points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(x(a))} ${px(y(b))}`).join('')

function axes(figure: Line, x: Scale, y: Scale): Markup {
  const base = size.height - size.bottom
  return html`<g class="axis">
${y.ticks.map(t => html`<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${px(y(t))}" y2="${px(y(t))}"/><text x="${size.left - 8}" y="${px(y(t) + 4)}" text-anchor="end">${numberText(t)}</text>`)}
${x.ticks.map(t => html`<text x="${px(x(t))}" y="${base + 18}" text-anchor="middle">${numberText(t)}</text>`)}
<line class="base" x1="${size.left}" x2="${size.width - size.right}" y1="${base}" y2="${base}"/>
<text class="name" x="${px((size.left + size.width - size.right) / 2)}" y="${size.height - 8}" text-anchor="middle">${visibleText(figure.x, 60)}</text>
<text class="name" x="${size.left - 32}" y="14">${visibleText(figure.y, 60)}</text>
</g>`
}

function endNames(figure: Line, x: Scale, y: Scale): Markup[] {
  const ends = figure.series.flatMap((s, i) => {
    const last = s.points.at(-1)
    return last ? [{ name: s.name, i, x: x(last[0]), y: y(last[1]) }] : []
  })
  let floor = 0
  return ends
    .sort((a, b) => a.y - b.y)
    .slice(0, 16)
    .map(end => {
      floor = Math.max(end.y + 4, floor + 15)
      return html`<text class="end s${Math.min(end.i, colours)}" x="${px(end.x + 8)}" y="${px(floor)}">${visibleText(end.name, 14)}</text>`
    })
}

function inWords({ title, series }: Line): string {
  const said = series.slice(0, 6).flatMap(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)]
    return first && last ? [`“${visibleText(name, 40)}” from ${numberText(first[1])} to ${numberText(last[1])}`] : []
  })
  return `${visibleText(title, 200)}: ${said.join('; ')}.`
}
