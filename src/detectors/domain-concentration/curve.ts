import type { Figure } from '../../core/index.ts'
import type { DomainCounts, DomainRows } from '../../statistics/index.ts'

/** Rows that the largest domains decide, one after the other. */
export interface Curve {
  /** Rows of the k largest domains together, from one domain on; names that a platform gives away are not in it. */
  readonly sums: Float64Array
  readonly rows: number
  readonly largest: { readonly domain: string; readonly rows: number }
}

/** Rows of a domain that change hands with it. Those on names of a hosting platform stay while the platform does. */
const own = ({ rows, hosted }: DomainRows): number => rows - hosted

/** Adds up the domains, the largest first. */
export function curveOf({ domains, rows }: DomainCounts): Curve {
  const sorted = domains.map(d => ({ domain: d.domain, rows: own(d) })).filter(d => d.rows > 0)
  sorted.sort((a, b) => b.rows - a.rows || (a.domain < b.domain ? -1 : 1))
  let sum = 0
  const sums = Float64Array.from(sorted, d => (sum += d.rows))
  return { sums, rows, largest: sorted[0] ?? { domain: domains[0]?.domain ?? '', rows: 0 } }
}

/** Domains that it takes to decide a share of the rows; `more than` all known ones when they do not suffice. */
export function domainsFor({ sums, rows }: Curve, share: number): string | number {
  const k = sums.findIndex(sum => sum >= share * rows)
  return k < 0 ? `more than ${sums.length}` : k + 1
}

const mostBars = 20
/** Points of a line: enough for its shape, whatever the number of domains. */
const steps = [1, 2, 3, 5, 7]

/** The curve, and the largest domains. */
export function figuresOf({ sums, rows }: Curve, { domains, distinct }: DomainCounts): Figure[] {
  const ks: number[] = []
  for (let ten = 1; ten <= sums.length; ten *= 10) ks.push(...steps.map(step => step * ten))
  const at = [...ks.filter(k => k < sums.length), sums.length].filter(k => k > 0)
  const typical = at.filter(k => k <= distinct)
  return [
    {
      kind: 'line',
      title: 'Share of the rows that so many domains decide',
      x: 'domains (each step of one ten times as many)',
      y: 'per cent of the rows',
      series: [
        { name: 'largest first', points: at.map(k => [Math.log10(k), (100 * sums[k - 1]!) / rows]) },
        { name: 'average domains', points: typical.map(k => [Math.log10(k), (100 * k) / distinct]) },
      ],
    },
    {
      kind: 'bars',
      title: 'Largest domains; of the rows those that would go with the domain',
      x: 'rows',
      bars: domains
        .slice(0, mostBars)
        .map(d => ({ name: d.domain.slice(0, 60), value: own(d), of: d.rows, lit: d.lapsed > 0 })),
    },
  ]
}
