import type { Figure } from '../../../core/index.ts'
import { numberText } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { linear, px, rooted, type Scale } from './scale.ts'

type Volcano = Extract<Figure, { kind: 'volcano' }>
type Point = Volcano['points'][number]

const size = { width: 900, height: 450, left: 56, right: 24, top: 28, bottom: 52 }
/** Labels that fit beside the points without a crowd of their own. */
const mostLabels = 12
/** Points beside the lit ones that tell their name when a pointer rests on them. */
const mostNamed = 60

/** Every candidate as a dot: sideways which label it leans to, upwards how far beyond chance; triggers glow. */
export function volcano(figure: Volcano): { svg: Markup; words: string } {
  const points = figure.points.filter(p => Number.isFinite(p.x) && Number.isFinite(p.y))
  const lit = points.filter(p => p.lit).sort((a, b) => b.y - a.y)
  const crowd = points.filter(p => !p.lit).sort((a, b) => b.y - a.y)
  const x = sideways(points)
  const { y, isRooted } = upwards(points, crowd, figure.threshold ?? 0)
  const words = inWords(figure, lit, points.length)
  const svg = html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${words}" class="plot">
${axes(figure, x, y, isRooted)}
<path class="dots" d="${dots(crowd.slice(mostNamed), x, y)}"/>
${crowd.slice(0, mostNamed).map(p => html`<circle class="dot" cx="${px(x(p.x))}" cy="${px(y(p.y))}" r="2"><title>${named(p)}</title></circle>`)}
${lit.map(p => html`<circle class="halo" cx="${px(x(p.x))}" cy="${px(y(p.y))}" r="11"/><circle class="lit" cx="${px(x(p.x))}" cy="${px(y(p.y))}" r="4.5"><title>${named(p)}</title></circle>`)}
${labels(lit.slice(0, mostLabels), x, y)}
</svg>`
  return { svg, words }
}

/** Zero is always in sight, and the emptier side keeps a quarter of the room of the other. */
function sideways(points: readonly Point[]): Scale {
  const most = points.reduce((reach, p) => Math.max(reach, p.x), 0.1)
  const least = points.reduce((reach, p) => Math.min(reach, p.x), -0.1)
  const from = Math.min(least, -most / 4) * 1.1
  return linear(from, Math.max(most, -least / 4) * 1.1, size.left, size.width - size.right, 7)
}

/** Upward scale: linear, or square roots when a giant would flatten the crowd. */
function upwards(
  points: readonly Point[],
  crowd: readonly Point[],
  threshold: number,
): { y: Scale; isRooted: boolean } {
  const top = points.reduce((most, p) => Math.max(most, p.y), Math.max(1, threshold)) * 1.06
  const typical = Math.max(threshold, crowd[Math.floor(crowd.length * 0.02)]?.y ?? 0, 1e-9)
  const isRooted = top > 6 * typical
  const [start, end] = [size.height - size.bottom, size.top]
  return { y: isRooted ? rooted(top, start, end) : linear(0, top, start, end, 5), isRooted }
}

const named = (p: Point): string =>
  `${visibleText(p.name, 60)} → ${visibleText(p.label, 40)}: ${numberText(p.y)}, ${numberText(p.rows)} rows`

/** All unnamed dots in one path: a thousand circles would be a thousand elements. */
const dots = (points: readonly Point[], x: Scale, y: Scale): string =>
  points.map(p => `M${px(x(p.x))} ${px(y(p.y))}h0`).join('')

function axes(figure: Volcano, x: Scale, y: Scale, isRooted: boolean): Markup {
  const { left, right, width, height, bottom, top } = size
  const base = height - bottom
  const { threshold } = figure
  return html`<g class="axis">
${y.ticks.map(t => html`<line class="grid" x1="${left}" x2="${width - right}" y1="${px(y(t))}" y2="${px(y(t))}"/><text x="${left - 9}" y="${px(y(t) + 4)}" text-anchor="end">${numberText(t)}</text>`)}
${x.ticks.map(t => html`<text x="${px(x(t))}" y="${base + 19}" text-anchor="middle">${numberText(t)}</text>`)}
<line class="base" x1="${left}" x2="${width - right}" y1="${base}" y2="${base}"/>
<line class="grid" x1="${px(x(0))}" x2="${px(x(0))}" y1="${top}" y2="${base}"/>
<text class="name" x="${px((left + width - right) / 2)}" y="${height - 10}" text-anchor="middle">${visibleText(figure.x, 90)}</text>
<text class="name" x="${left - 36}" y="${top - 12}">${visibleText(figure.y, 90)}${isRooted ? ' (square-root scale)' : ''}</text>
${threshold === undefined ? null : html`<line class="threshold" x1="${left}" x2="${width - right}" y1="${px(y(threshold))}" y2="${px(y(threshold))}"/><text class="threshold" x="${left + 6}" y="${px(y(threshold) - 6)}">a finding begins here</text>`}
</g>`
}

/** Names beside the lit points, on the side with room, pushed down where they would touch. */
function labels(lit: readonly Point[], x: Scale, y: Scale): Markup[] {
  const floor = { left: 0, right: 0 }
  return lit.map(p => {
    const side = x(p.x) > size.width * 0.6 ? 'left' : 'right'
    const at = Math.min(size.height - size.bottom - 4, Math.max(y(p.y) + 4, floor[side] + 17, size.top + 4))
    floor[side] = at
    const anchor = side === 'left' ? 'end' : 'start'
    const from = x(p.x) + (side === 'left' ? -13 : 13)
    const to = from + (side === 'left' ? -16 : 16)
    return html`<path class="leader" d="M${px(from)} ${px(y(p.y))}L${px(to)} ${px(at - 4)}"/><text class="trigger" x="${px(to + (side === 'left' ? -4 : 4))}" y="${px(at)}" text-anchor="${anchor}"><tspan class="word">${visibleText(p.name, 28)}</tspan><tspan class="to"> → ${visibleText(p.label, 16)}</tspan></text>`
  })
}

function inWords(figure: Volcano, lit: readonly Point[], total: number): string {
  const first = lit
    .slice(0, 5)
    .map(p => `“${visibleText(p.name, 40)}” leans to “${visibleText(p.label, 40)}” by ${numberText(p.y)}`)
  const more = lit.length > first.length ? ` and ${lit.length - first.length} more` : ''
  const stand = lit.length === 0 ? 'none stands out' : `${lit.length} stand out: ${first.join('; ')}${more}`
  return `${visibleText(figure.title, 200)}. Of ${numberText(total)} candidates ${stand}.`
}
