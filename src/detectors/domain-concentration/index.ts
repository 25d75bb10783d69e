import { z } from 'zod'
import { type Claim, type DetectContext, detector, type EvidenceOf, rowRef } from '../../core/index.ts'
import { type DomainCounts, domainCounts } from '../../statistics/index.ts'
import { type Curve, curveOf, domainsFor, figuresOf } from './curve.ts'

/** Domains counted before the largest alone are. */
const mostDomains = 500_000

/**
 * Whoever takes a domain decides about all its rows, so an attack on a list of addresses is paid in domains. We say how
 * many it costs, and stop at rows on domains that anybody could register today.
 */
export default detector({
  id: 'domain-concentration',
  title: 'What one domain decides, and what nobody holds',
  threat: 'web-scale-split-view',
  input: { table: { url: 'string', registered: 'any?' } },
  cost: 'scan',

  options: z.object({
    share: z
      .number()
      .min(0)
      .max(1)
      .default(0.0001)
      .describe('Least share of the rows on domains that nobody holds; with 0.01 % a model was poisoned.'),
  }),

  messages: {
    lapsed: '{suspect} of {rows} rows stand on {domains} domains that nobody holds: whoever registers them decides.',
    few: '{suspect} of {rows} rows stand on {domains} domains that nobody holds, too few to matter.',
    cost: 'To decide 0.01 % of {rows} rows takes {tenThousandth} of {domains} domains, for 0.1 % {thousandth}, for 1 % {hundredth}; the largest, {value}, has {percent} %.',
  },

  async *detect(context) {
    const { table, options, claim, figure, notJudged } = context
    const found = await measured(context)
    if (found.nowhere > 0) notJudged(`${counted(found.nowhere)} whose address has no domain`)
    if (found.rows === 0) return
    if (!found.complete) notJudged(`all but the largest of about ${found.distinct} domains`)
    const curve = curveOf(found)
    for (const one of figuresOf(curve, found)) figure(one)
    if (found.lapsed > 0) {
      const share = found.lapsed / found.rows
      const isMuch = share >= options.share
      const domains = found.domains.filter(d => d.lapsed > 0)
      yield claim(isMuch ? 'lapsed' : 'few', isMuch ? 'hold' : 'info', lapsedEvidence(context, found, options.share), {
        rows: isMuch ? found.lapsedRows : [],
        values: { domains: domains.length },
      })
    } else if (!table.has('registered'))
      notJudged('whether a domain has lapsed: no column says when they were registered')
    yield cost(context, found, curve)
  },
})

type Messages = 'lapsed' | 'few' | 'cost'
type Context = DetectContext<{ readonly share: number }, Messages>

const counted = (n: number): string => (n === 1 ? '1 row' : `${n.toLocaleString('en-US')} rows`)

/** All domains or, when there are too many, the largest: those are found in a second pass. */
async function measured({ table }: Context): Promise<DomainCounts> {
  const { first } = await table.measure({ first: domainCounts.request({ limit: mostDomains }) })
  if (first.complete) return first
  const large = { cells: first.cells, least: first.least }
  const { second } = await table.measure({ second: domainCounts.request({ limit: mostDomains, large }) })
  return { ...second, complete: false, distinct: first.distinct }
}

function cost({ claim }: Context, found: DomainCounts, curve: Curve): Claim {
  const { largest } = curve
  const values = {
    domains: found.distinct,
    percent: (100 * largest.rows) / found.rows,
    tenThousandth: domainsFor(curve, 0.0001),
    thousandth: domainsFor(curve, 0.001),
    hundredth: domainsFor(curve, 0.01),
  }
  const evidence = {
    kind: 'group' as const,
    role: 'url',
    value: largest.domain,
    rows: found.rows,
    suspect: largest.rows,
    expectedSuspect: found.rows / found.distinct,
    score: largest.rows / found.rows,
    expected: 1 / found.distinct,
    examples: [],
  }
  return claim('cost', 'info', evidence, { values })
}

function lapsedEvidence({ table }: Context, found: DomainCounts, share: number): EvidenceOf<'group'> {
  const first = found.domains.filter(d => d.lapsed > 0)
  const names = first.slice(0, 10).map(d => d.domain)
  return {
    kind: 'group',
    role: 'url',
    value: names.join(', ') + (first.length > names.length ? ', …' : ''),
    rows: found.rows,
    suspect: found.lapsed,
    expectedSuspect: 0,
    score: found.lapsed / found.rows,
    expected: share,
    examples: found.lapsedUrls.map(([row, text]) => rowRef({ parts: table.parts, row, text })),
  }
}
