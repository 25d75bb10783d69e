import type { Figure } from '../../core/index.ts'
import type { Windows } from './windows.ts'

/** Edits and fresh edits of new accounts by hour, up to the snapshot. */
export function hourlyFigure(hourly: Float64Array, fresh: Windows): Figure {
  const points = (counts: ArrayLike<number>): [number, number][] =>
    Array.from({ length: Math.min(hourly.length, counts.length) }, (_, k): [number, number] => [
      -k,
      counts[k]!,
    ]).reverse()
  return {
    kind: 'line',
    title: 'Edits by hour, up to the snapshot',
    x: 'hours before the snapshot',
    y: 'edits',
    series: [
      { name: 'edits', points: points(hourly) },
      { name: 'newcomers', points: points(fresh.counts) },
    ],
  }
}
