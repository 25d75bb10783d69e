import { type Decision, type Finding, type Outcome, type Report, readingOrder, type Severity } from '../core/index.ts'
import type { Policy, Waiver } from './policy.ts'

type Reason = Decision['reasons'][number]
type Waived = Decision['waived'][number]

/**
 * What a report asks for under a policy, at a moment. Pure: `now` only tells which waivers have expired.
 * A finding more, or a graver one, never makes the verdict milder; nothing that went unjudged passes.
 */
export function decide(report: Report, policy: Policy, now: Date): Decision {
  const waived: Waived[] = []
  const found: { finding: Finding; severity: Severity; reason: Reason }[] = []
  for (const finding of report.outcomes.flatMap(o => o.findings)) {
    const severity = severityOf(finding, policy)
    if (severity === 'info') continue
    const waivers = policy.waivers.filter(w => names(w, finding, report))
    const valid = waivers.find(w => isOpen(w, now))
    if (valid) waived.push({ finding: finding.id, reason: valid.reason, expires: valid.expires })
    else found.push({ finding, severity, reason: { ...reasonOf(finding, policy, waivers), severity } })
  }
  const open = readingOrder(found)
  const unjudged = [
    ...nothingJudged(report),
    ...unread(report),
    ...(report.coverage.unjudged ?? []).map(text => ({ text })),
    ...unfinished(report, policy),
    ...lost(report, policy),
  ]
  const verdict = open[0]?.severity === 'block' ? 'block' : open.length + unjudged.length > 0 ? 'hold' : 'pass'
  return { verdict, reasons: [...open.map(o => o.reason), ...unjudged], waived }
}

/** The severity of a finding under a policy: of its message, else of its detector, else its own. */
export function severityOf(finding: Finding, { severities }: Policy): Severity {
  return severities[`${finding.detector}/${finding.message}`] ?? severities[finding.detector] ?? finding.severity
}

const names = (waiver: Waiver, finding: Finding, report: Report): boolean =>
  (waiver.finding === undefined || waiver.finding === finding.id) &&
  (waiver.artifact === undefined || waiver.artifact === report.artifact.digest)

/** A waiver counts until its last day is over everywhere on the UTC calendar. */
const isOpen = ({ expires }: Waiver, now: Date): boolean => now.toISOString().slice(0, 10) <= expires

function reasonOf(finding: Finding, policy: Policy, expired: readonly Waiver[]): Reason {
  const last = expired
    .map(w => w.expires)
    .sort()
    .at(-1)
  const other = policy.waivers.find(w => w.finding === finding.id && !expired.includes(w))
  const note = last
    ? ` (Its waiver expired on ${last}.)`
    : other
      ? ' (Its waiver is for an artifact with another digest.)'
      : ''
  return { text: finding.text + note, finding: finding.id, detector: finding.detector }
}

const hasJudged = ({ status }: Outcome): boolean => status === 'clean' || status === 'found'

function nothingJudged({ artifact, outcomes, coverage }: Report): Reason[] {
  if (!outcomes.some(hasJudged)) return [{ text: 'No detector could judge this artifact.' }]
  if (artifact.kind === 'model') return artifact.parts.length === 0 ? [{ text: 'There was no file to judge.' }] : []
  return coverage.rows === 0 ? [{ text: 'There was no row to judge.' }] : []
}

/** Roles of columns that are about rows and not what they say. */
const about: ReadonlySet<string> = new Set([
  ...['actor', 'digest', 'id', 'item', 'looks', 'observed', 'observedLooks', 'registered'],
  ...['seal', 'signer', 'source', 'split', 'time', 'url'],
])

const isRead = ({ needs, detector }: Outcome): boolean => (needs ?? [detector]).some(role => !about.has(role))

/** A table of scores has nothing else to say: who gave which one is what was judged. */
function holdsRatings(columns: Report['coverage']['columns']): boolean {
  const roles = new Set<string | undefined>(columns.map(({ role }) => role))
  return roles.has('ratings') || ['rater', 'item', 'label'].every(role => roles.has(role))
}

/**
 * What reads the content was skipped for want of a column, and what did judge looked at bytes, or at what is known about
 * rows while a column of prose went unread: its silence says nothing about what the rows say. A list that has nothing
 * to read is judged by what is known about its rows.
 */
function unread({ artifact, outcomes, coverage }: Report): Reason[] {
  if (artifact.kind === 'model') return []
  const idle = outcomes.filter(o => o.cause === 'no-column' && (o.needs === undefined || isRead(o)))
  const judged = outcomes.filter(o => o.cause !== 'no-column')
  if (idle.length === 0 || !judged.some(hasJudged) || judged.some(isRead)) return []
  if (holdsRatings(coverage.columns)) return []
  const prose = coverage.columns.filter(column => column.prose && column.role === undefined)
  const roles = [...new Set(idle.flatMap(o => o.needs ?? []))].filter(role => !about.has(role))
  const role = roles.includes('text') ? 'text' : (roles[0] ?? 'text')
  const text = `No detector read what the rows say: no column was taken for ${role}.`
  if (prose.length > 0)
    return [{ text: `${text} The column "${prose[0]!.name}" reads like prose: if so, --${role} "${prose[0]!.name}".` }]
  if (judged.some(o => (o.needs ?? [o.detector]).length > 0)) return []
  return [{ text: `${text} Say which one it is: --${role} NAME.` }]
}

/**
 * Detectors without a result. One that failed or was stopped always counts; one that lacks a column counts only when
 * the policy requires it.
 */
function unfinished({ outcomes }: Report, { required }: Policy): Reason[] {
  const ran = new Set(outcomes.map(o => o.detector))
  const absent = [...new Set(required)].filter(id => !ran.has(id))
  return [
    ...outcomes
      .filter(o => !hasJudged(o) && (required.includes(o.detector) || !lacksInput(o)))
      .map(o => ({ text: unfinishedText(o, required.includes(o.detector)), detector: o.detector })),
    ...absent.map(id => ({ text: `The policy requires ${id}, and it did not run.`, detector: id })),
  ]
}

const lacksInput = ({ cause }: Outcome): boolean => cause === 'no-column' || cause === 'absent'

function unfinishedText({ detector, status, reason }: Outcome, required: boolean): string {
  const what = `${required ? 'The policy requires ' : ''}${detector}${required ? ', and it' : ''}`
  return `${what} ${status === 'failed' ? 'failed' : 'was skipped'}${reason ? `: ${reason}` : ''}`.replace(/\.?$/, '.')
}

function lost({ coverage: { rows, lostRows } }: Report, policy: Policy): Reason[] {
  const share = lostRows === 0 ? 0 : lostRows / (rows + lostRows)
  if (share <= policy.lostRows) return []
  const percent = (part: number) => `${Number((part * 100).toPrecision(2))} %`
  const count = `${lostRows.toLocaleString('en-US')} record${lostRows === 1 ? '' : 's'}`
  return [
    {
      text: `${count} (${percent(share)}) could not be judged; the policy allows ${percent(policy.lostRows)} at most.`,
    },
  ]
}
