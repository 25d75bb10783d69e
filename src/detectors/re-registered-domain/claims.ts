import { type Claim, type DetectContext, type EvidenceOf, type RowRef, rowRef } from '../../core/index.ts'
import type { SharedPage, Suspect } from '../../statistics/index.ts'
import { isRefilled, type Taken } from './taken.ts'

type Context = DetectContext<unknown, 'swapped' | 'parked' | 'rebought' | 'others' | 'page'>

/** Domains told one by one; the others together. */
const mostClaims = 20
const mostExamples = 6
const day = 86_400_000

const dayText = (ms: number | null): string =>
  ms === null ? 'an unknown day' : new Date(ms).toISOString().slice(0, 10)

function noteOf({ registered, curated, parked, changed }: Suspect): string {
  const said = [
    ...(curated === null ? [] : [`listed ${dayText(curated)}`]),
    ...(registered === null ? [] : [`domain registered ${dayText(registered)}`]),
    ...(parked ? ['a page that sells the domain'] : changed ? ['something else now'] : []),
  ]
  return said.join('; ')
}

const example = ({ table: { parts } }: Context, suspect: Suspect): RowRef =>
  rowRef({ parts, row: suspect.row, text: suspect.url, note: noteOf(suspect) })

/** Days between the listing of the rows and the registration. */
const daysOf = ({ registered, curated }: Taken): number =>
  registered === null || curated === null ? 0 : Math.max(1, Math.round((registered - curated) / day))

function evidenceOf(context: Context, taken: Taken, suspect: number): EvidenceOf<'group'> {
  return {
    kind: 'group',
    role: 'url',
    value: taken.domain,
    rows: taken.rows,
    suspect,
    expectedSuspect: 0,
    score: suspect / taken.rows,
    expected: 0,
    examples: taken.suspects.slice(0, mostExamples).map(s => example(context, s)),
  }
}

/** Claims about domains, each with its dates and rows. */
export function* domainClaims(context: Context, all: readonly Taken[]): Generator<Claim> {
  for (const taken of all.slice(0, mostClaims)) {
    const rows = taken.suspects.map(s => s.row)
    const values = { date: dayText(taken.registered), days: daysOf(taken) }
    if (isRefilled(taken))
      yield context.claim('swapped', 'block', evidenceOf(context, taken, taken.changed), { rows, values })
    else if (taken.parked > 0) {
      const since = taken.registered === null ? '' : `; it was registered on ${values.date}, after they were listed`
      yield context.claim('parked', 'hold', evidenceOf(context, taken, taken.parked), {
        rows,
        values: { since },
      })
    } else yield context.claim('rebought', 'hold', evidenceOf(context, taken, rows.length), { rows, values })
  }
  const rest = all.slice(mostClaims)
  if (rest.length === 0) return
  const rows = rest.flatMap(t => t.suspects.map(s => s.row)).sort((a, b) => a - b)
  const severity = rest.some(isRefilled) ? 'block' : 'hold'
  const evidence: EvidenceOf<'rows'> = {
    kind: 'rows',
    total: rows.length,
    score: rest.length,
    expected: 0,
    examples: rest.slice(0, mostExamples).map(t => example(context, t.suspects[0]!)),
  }
  yield context.claim('others', severity, evidence, { rows, values: { domains: rest.length } })
}

/** Claims about one content on many domains; rows that a domain's own finding accuses already are not told again. */
export function* pageClaims(
  context: Context,
  pages: readonly SharedPage[],
  suspects: readonly Suspect[],
): Generator<Claim> {
  for (const page of pages) {
    const own = suspects.filter(s => s.page === page.digest && s.registered === null && !s.parked)
    if (own.length === 0) continue
    const domains = new Set(own.map(s => s.domain)).size
    const evidence: EvidenceOf<'group'> = {
      kind: 'group',
      role: 'observed',
      value: page.digest,
      rows: page.rows,
      suspect: own.length,
      expectedSuspect: 1,
      score: domains,
      expected: 1,
      examples: own.slice(0, mostExamples).map(s => example(context, s)),
    }
    yield context.claim('page', 'hold', evidence, { rows: own.map(s => s.row), values: { domains } })
  }
}
