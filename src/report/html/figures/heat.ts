import type { Figure } from '../../../core/index.ts'
import { numberText } from '../../lines.ts'
import { visibleText } from '../../visible.ts'
import { html, type Markup } from '../markup.ts'
import { px } from './scale.ts'

type Heat = Extract<Figure, { kind: 'heat' }>

/** Larger matrices than this are drawn without numbers, which nobody could read. */
const mostNumbered = 12
const names = 132

/** A matrix of counts; the diagonal is calm, what lies beside it glows by its share of the row. */
export function heat(figure: Heat): { svg: Markup; words: string } {
  const count = figure.labels.length
  const numbered = count <= mostNumbered
  const cell = numbered ? Math.max(46, Math.min(84, 420 / count)) : 480 / count
  const tall = numbered ? Math.min(cell, 44) : cell
  const tilted = !numbered || figure.labels.some(label => label.length * 7.5 > cell)
  const head = tilted ? 132 : 64
  const width = names + cell * count + (tilted ? 72 : 16)
  const height = head + tall * count + 12
  const worst = worstShare(figure.counts)
  const words = inWords(figure)
  const svg = html`<svg viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-label="${words}" class="plot heat">
<g class="axis"><text class="name" x="${names}" y="16">${visibleText(figure.x, 60)} →</text><text class="name" x="8" y="${head - 12}">${visibleText(figure.y, 60)} ↓</text></g>
${figure.labels.map((label, i) => axisNames(label, i, { cell, tall, head, tilted, every: numbered ? 1 : Math.ceil(count / 16) }))}
${figure.counts.slice(0, count).map((row, i) => cells(row.slice(0, count), i, { cell, tall, head, numbered, worst }))}
</svg>`
  return { svg, words }
}

/** Largest share of a row that lies beside the diagonal; the strongest glow stands for it. */
function worstShare(counts: Heat['counts']): number {
  const shares = counts.flatMap((row, i) => {
    const total = row.reduce((sum, n) => sum + n, 0) || 1
    return row.map((count, j) => (i === j ? 0 : count / total))
  })
  return shares.reduce((most, share) => Math.max(most, share), 0) || 1
}

interface Grid {
  readonly cell: number
  readonly tall: number
  readonly head: number
}

function axisNames(
  label: string,
  i: number,
  { cell, tall, head, tilted, every }: Grid & { tilted: boolean; every: number },
): Markup | null {
  if (i % every !== 0) return null
  const x = px(names + cell * (i + 0.5))
  const above = tilted
    ? html`<text transform="translate(${x} ${head - 8}) rotate(-45)">${visibleText(label, 17)}</text>`
    : html`<text x="${x}" y="${head - 12}" text-anchor="middle">${visibleText(label, 17)}</text>`
  return html`<g class="axis"><text x="${names - 9}" y="${px(head + tall * (i + 0.5) + 4)}" text-anchor="end">${visibleText(label, 17)}</text>${above}</g>`
}

function cells(
  row: readonly number[],
  i: number,
  { cell, tall, head, numbered, worst }: Grid & { numbered: boolean; worst: number },
): Markup[] {
  const total = row.reduce((sum, n) => sum + n, 0) || 1
  return row.map((count, j) => {
    const share = Math.max(0, Math.min(1, count / total))
    const glow = i === j ? 0.1 + 0.25 * share : 0.04 + (share / worst) * Math.min(0.86, 0.3 + 2 * worst)
    const x = names + cell * j
    const y = head + tall * i
    const gap = numbered ? 2 : 0.5
    const number = numbered
      ? html`<text class="${glow > 0.55 && i !== j ? 'count strong' : 'count'}" x="${px(x + cell / 2)}" y="${px(y + tall / 2 + 4)}" text-anchor="middle">${shortText(count)}</text>`
      : null
    return html`<rect class="${i === j ? 'calm' : 'warm'}" fill-opacity="${Number(glow.toFixed(2))}" x="${px(x + gap / 2)}" y="${px(y + gap / 2)}" width="${px(cell - gap)}" height="${px(tall - gap)}" rx="${numbered ? 4 : 0}"/>${number}`
  })
}

/** A count that fits a cell. */
const shortText = (count: number): string =>
  count < 10_000
    ? numberText(count)
    : count < 1e6
      ? `${Math.round(count / 1000)}k`
      : `${numberText(Math.round(count / 1e5) / 10)}M`

function inWords({ title, labels, counts }: Heat): string {
  const off = counts.flatMap((row, i) =>
    row.map((count, j) => ({ count, from: labels[i] ?? '', to: labels[j] ?? '', same: i === j })),
  )
  const worst = off
    .filter(o => !o.same && o.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
  const said = worst.map(o => `${numberText(o.count)} from “${visibleText(o.from, 30)}” to “${visibleText(o.to, 30)}”`)
  return `${visibleText(title, 200)}. ${said.length > 0 ? `Most often: ${said.join('; ')}.` : 'Nothing lies beside the diagonal.'}`
}
