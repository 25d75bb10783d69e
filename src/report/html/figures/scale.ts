/** Maps values to pixels, and says where to put ticks. */
export interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
}

/** A linear scale over [from, to] in data and [start, end] in pixels, with about `count` round ticks. */
export function linear(from: number, to: number, start: number, end: number, count = 5): Scale {
  const span = to - from || 1
  const step = roundStep(span / count)
  const first = Math.ceil(from / step)
  const ticks = Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
  return Object.assign((value: number) => start + ((value - from) / span) * (end - start), { ticks })
}

/** Square roots of values from zero: keeps a crowd in sight below one giant. */
export function rooted(to: number, start: number, end: number): Scale {
  const root = Math.sqrt(to || 1)
  const ticks = [0, 0.04, 0.16, 0.36, 0.64, 1].map(share => Number((share * to).toPrecision(2)))
  const scale = (value: number) => start + (Math.sqrt(Math.max(0, value)) / root) * (end - start)
  return Object.assign(scale, { ticks: ticks.filter(tick => tick <= to) })
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = [1, 2, 5, 10].find(n => n * power >= rough * 0.999)!
  return lead * power
}

/** A coordinate with one decimal: pixels need no more, and bytes count. */
export const px = (value: number): string => (Number.isFinite(value) ? String(Math.round(value * 10) / 10) : '0')
