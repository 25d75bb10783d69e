import type { Figure } from '../../../core/index.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { px } from './scale.ts'

type Flow = Extract<Figure, { kind: 'flow' }>

const width = 640
const nameWidth = 190
const barWidth = 10
const gap = 12
/** Height that all flows share, and the least of one of them. */
const tall = 180
const least = 7
/** Flows that are drawn; the words have the count of the others. */
const mostDrawn = 16

interface Node {
  readonly name: string
  rows: number
  top: number
  filled: number
}

/** Bands from classes on the left to labels on the right, as wide as they have pictures. */
export function flow(figure: Flow): { svg: Markup; words: string } {
  const shown = [...figure.flows].sort((a, b) => b.rows - a.rows).slice(0, mostDrawn)
  const total = shown.reduce((sum, { rows }) => sum + rows, 0) || 1
  const high = (rows: number) => Math.max(least, (rows / total) * tall)
  const left = nodesOf(shown, 'from', high)
  const right = nodesOf(shown, 'to', high)
  const height = Math.max(...[...left.values(), ...right.values()].map(node => node.top + node.filled), least) + 30
  for (const node of [...left.values(), ...right.values()]) node.filled = 0
  const bands = shown.map(each => band(each, left.get(each.from)!, right.get(each.to)!, high(each.rows)))
  const words = shown.map(({ from, to, rows }) => `${figure.from} ${from}, ${figure.to} ${to}: ${rows}`).join('; ')
  const svg = html`<svg viewBox="0 0 ${width} ${px(height)}" role="img" aria-label="${visibleText(words, 600)}" class="plot flow">
<text class="name" x="${nameWidth}" y="14" text-anchor="end">${visibleText(figure.from, 40)}</text><text class="name" x="${width - nameWidth}" y="14">${visibleText(figure.to, 40)}</text>
${bands}${[...left.values()].map(node => nodeName(node, high(node.rows), true))}${[...right.values()].map(node => nodeName(node, high(node.rows), false))}
</svg>`
  return { svg, words: visibleText(words, 2000) }
}

/** The ends of the flows on one side, from the top. `filled` is the height of their bands. */
function nodesOf(flows: Flow['flows'], side: 'from' | 'to', high: (rows: number) => number): Map<string, Node> {
  const nodes = new Map<string, Node>()
  for (const each of flows) {
    const node = nodes.get(each[side]) ?? { name: each[side], rows: 0, top: 0, filled: 0 }
    node.rows += each.rows
    node.filled += high(each.rows)
    nodes.set(each[side], node)
  }
  let top = 26
  for (const node of nodes.values()) {
    node.top = top
    top += node.filled + gap
  }
  return nodes
}

function band({ rows, lit }: Flow['flows'][number], from: Node, to: Node, high: number): Markup {
  const [x0, x1, middle] = [nameWidth + 8 + barWidth, width - nameWidth - 8 - barWidth, width / 2]
  const [y0, y1] = [from.top + from.filled, to.top + to.filled]
  from.filled += high
  to.filled += high
  const path = `M${x0} ${px(y0)}C${middle} ${px(y0)} ${middle} ${px(y1)} ${x1} ${px(y1)}V${px(y1 + high)}C${middle} ${px(y1 + high)} ${middle} ${px(y0 + high)} ${x0} ${px(y0 + high)}Z`
  return html`<path class="${lit ? 'band lit' : 'band'}" d="${path}"><title>${rows}</title></path>`
}

function nodeName(node: Node, least: number, onLeft: boolean): Markup {
  const high = Math.max(least, node.filled)
  const x = onLeft ? nameWidth + 8 : width - nameWidth - 8 - barWidth
  const text = onLeft ? nameWidth : width - nameWidth
  const y = px(node.top + high / 2 + 4)
  return html`<rect class="node" x="${x}" y="${px(node.top)}" width="${barWidth}" height="${px(high)}" rx="2"/><text x="${text}" y="${y}" text-anchor="${onLeft ? 'end' : 'start'}"><tspan class="who">${visibleText(node.name, 24)}</tspan> ${node.rows}</text>`
}
