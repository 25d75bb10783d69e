import type { DomainCounts, Suspect } from '../../statistics/index.ts'

/** A domain that changed hands, or is for sale. */
export interface Taken {
  readonly domain: string
  /** Rows of the table on it; those suspect when nobody counted all. */
  readonly rows: number
  readonly suspects: readonly Suspect[]
  /** The latest registration after a row was listed, and the earliest listing before it. */
  readonly registered: number | null
  readonly curated: number | null
  readonly parked: number
  /** Rows with another content, and how many contents those are. */
  readonly changed: number
  readonly contents: number
}

/** Most contents told apart; one is enough to park, three are a site. */
const someContents = 3

/**
 * True when a site was put where the old one stood: several addresses answer, and not all with one page. A new owner
 * who knows nothing of the old addresses has no reason to fill them.
 */
export const isRefilled = ({ registered, changed, contents }: Taken): boolean =>
  registered !== null && changed >= someContents && contents >= someContents

/** Puts suspect rows under their domains: refilled ones first, then parked ones, then by rows. */
export function takenOf(suspects: readonly Suspect[], { domains }: DomainCounts): Taken[] {
  const byDomain = new Map<string, Suspect[]>()
  for (const suspect of suspects) {
    const own = byDomain.get(suspect.domain)
    if (own) own.push(suspect)
    else byDomain.set(suspect.domain, [suspect])
  }
  const totals = new Map(domains.filter(d => byDomain.has(d.domain)).map(d => [d.domain, d.rows]))
  const taken = [...byDomain].map(([domain, own]) => tell(domain, own, totals.get(domain) ?? own.length))
  const grade = (t: Taken): number => (isRefilled(t) ? 0 : t.parked > 0 ? 1 : 2)
  return taken.sort(
    (a, b) => grade(a) - grade(b) || b.suspects.length - a.suspects.length || (a.domain < b.domain ? -1 : 1),
  )
}

function tell(domain: string, suspects: readonly Suspect[], rows: number): Taken {
  const bought = suspects.filter(s => s.registered !== null)
  const changed = suspects.filter(s => s.changed && !s.parked && s.registered !== null)
  const least = (values: readonly (number | null)[]): number | null =>
    values.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null)
  return {
    domain,
    rows,
    suspects,
    registered: bought.reduce<number | null>((a, s) => Math.max(a ?? 0, s.registered!), null),
    curated: least(bought.map(s => s.curated)),
    parked: suspects.filter(s => s.parked).length,
    changed: changed.length,
    contents: new Set(changed.map(s => s.page)).size,
  }
}
