import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, type Finding, type Report } from '../core/index.ts'
import { type CleanLog, logName, type Quarantined, quarantineName } from './clean-log.ts'
import { cleanPart } from './clean-part.ts'
import { emptyFolder } from './folder.ts'
import type { OpenedTable } from './open.ts'

export { undoClean } from './undo.ts'

export interface CleanRequest {
  readonly table: OpenedTable
  /** Reports about this very table. */
  readonly reports: readonly Report[]
  /** Which findings' rows are taken out. */
  readonly choose: (finding: Finding) => boolean
  /** Folder to write into; must be empty or absent. */
  readonly out: string
  readonly force?: boolean
}

/**
 * Writes a copy of a table without the rows that the chosen findings accuse: the kept rows in their own format, the
 * others in a quarantine file, and a log that `undoClean` reads. The table itself is not touched.
 */
export async function cleanArtifact({ table, reports, choose, out, force }: CleanRequest): Promise<CleanLog> {
  for (const report of reports) checkSame(report, table)
  const findings = reports.flatMap(report => report.outcomes.flatMap(o => o.findings)).filter(choose)
  if (findings.every(finding => !finding.rows))
    throw new Fault('nothing-to-do', 'No chosen finding accuses rows.', 'Choose a lower severity or name a finding.')
  await emptyFolder(out, force === true)
  const accused = accusedOf(findings)
  const quarantine = await open(join(out, quarantineName), 'w')
  const parts: CleanLog['parts'] = []
  try {
    const { limits } = table.spec
    for (const part of table.spec.parts) {
      const put = async (record: Quarantined) => void (await quarantine.write(`${JSON.stringify(record)}\n`))
      parts.push(await cleanPart({ part, accused: accused.get(part.name) ?? new Map(), out, limits, quarantine: put }))
    }
  } finally {
    await quarantine.close()
  }
  const log: CleanLog = {
    version: '1',
    findings: findings.map(({ id, detector, severity, text }) => ({ id, detector, severity, text })),
    parts,
    quarantine: quarantineName,
    dropped: parts.reduce((sum, part) => sum + part.dropped, 0),
    notDropped: findings
      .filter(finding => finding.rows && !finding.rows.complete)
      .map(
        ({ id, rows }) =>
          `Finding ${id} accuses ${rows!.total} rows; the report lists fewer, and only those were taken out.`,
      ),
  }
  await writeFile(join(out, logName), `${JSON.stringify(log, null, 2)}\n`)
  return log
}

/** Accusing findings by part and record. */
function accusedOf(findings: readonly Finding[]): Map<string, Map<number, string[]>> {
  const accused = new Map<string, Map<number, string[]>>()
  const listed = findings.flatMap(({ id, rows }) => (rows?.listed ?? []).map(entry => ({ id, ...entry })))
  for (const { id, part, ranges } of listed) {
    const records = accused.get(part) ?? new Map<number, string[]>()
    accused.set(part, records)
    for (const [first, last] of ranges)
      for (let record = first; record <= last; record++) records.set(record, [...(records.get(record) ?? []), id])
  }
  return accused
}

function checkSame(report: Report, table: OpenedTable): void {
  for (const part of [...table.parts, ...table.named]) {
    const judged = report.artifact.parts.find(p => p.name === part.name)
    if (!judged && table.named.includes(part)) continue
    if (!judged)
      throw new Fault('bad-report', `The report does not speak of ${part.name}.`, 'Scan again and use the new report.')
    if (judged.sha256 && part.sha256 && judged.sha256 !== part.sha256)
      throw new Fault(
        'bad-report',
        `${part.name} has changed since it was scanned.`,
        'Scan again and use the new report.',
      )
  }
}
