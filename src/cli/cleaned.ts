import { basename, join } from 'node:path'
import { compareSeverity, Fault, type Finding, type Report } from '../core/index.ts'
import { decide, type Policy, severityOf } from '../policy/index.ts'
import { type CleanLog, cleanArtifact, freeFolder, openTable, undoClean } from '../scan/index.ts'
import type { CleanFlags } from './clean.ts'
import { rolesOf } from './flags.ts'
import { judged, policyOf, reportFile } from './judged.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'

/** Writes the cleaned copy; the text for stdout. */
export async function cleaned(paths: readonly string[], flags: CleanFlags): Promise<string> {
  const out = flags.out ?? defaultFolder(paths)
  // Said before a scan that may take minutes.
  await freeFolder(out, flags.force === true)
  const { table, reports, policy } = flags.report
    ? await fromReports(paths, flags, flags.report)
    : await fromScan(paths, flags)
  try {
    const choose = choice(flags, policy, reports)
    const force = flags.force === true
    const log = await cleanArtifact({ table, reports, choose, out, force })
    return logText(log, out)
  } finally {
    await table.close()
  }
}

async function fromReports(paths: readonly string[], flags: CleanFlags, files: readonly string[]) {
  const { policy } = await policyOf(flags, paths)
  const reports = await Promise.all(files.map(reportFile))
  return { table: await openTable(paths, { roles: rolesOf(flags) }), reports, policy }
}

async function fromScan(paths: readonly string[], flags: CleanFlags) {
  const { table, report, policy, stopped } = await judged(paths, flags)
  if (!stopped) return { table, reports: [report], policy }
  await table.close()
  throw new Fault('nothing-to-do', 'The scan was stopped, so nothing was written.', 'Let it finish.')
}

/** Findings that are serious enough, asked for by id if any were, and not waived. */
function choice(flags: CleanFlags, policy: Policy, reports: readonly Report[]): (finding: Finding) => boolean {
  const waived = new Set(reports.flatMap(report => decide(report, policy, new Date()).waived.map(w => w.finding)))
  const known = reports.flatMap(report => report.outcomes.flatMap(outcome => outcome.findings.map(f => f.id)))
  const absent = flags.finding?.find(id => !known.includes(id))
  if (absent !== undefined) throw new Fault('unknown-id', `There is no finding "${absent}".`, 'See the report for ids.')
  return finding => {
    if (flags.finding) return flags.finding.includes(finding.id)
    return compareSeverity(severityOf(finding, policy), flags.severity) >= 0 && !waived.has(finding.id)
  }
}

const defaultFolder = (paths: readonly string[]): string =>
  paths.length === 1 && paths[0] !== '-' ? `${paths[0]!.replace(/[/\\]+$/, '')}-clean` : 'bezoar-clean'

function logText(log: CleanLog, out: string): string {
  const rows = `${log.dropped.toLocaleString('en-US')} row${log.dropped === 1 ? '' : 's'}`
  return [
    `Took out ${rows} that ${log.findings.length} finding${log.findings.length === 1 ? ' accuses' : 's accuse'}.`,
    `  kept rows    ${seen(log.parts.length === 1 ? join(out, log.parts[0]!.file) : out)}`,
    `  accused rows ${seen(join(out, log.quarantine))}`,
    ...log.notDropped.map(text => wrapped(text, '  ! ', '    ')),
    `Undo with: bezoar clean --undo ${seen(out)}`,
    '',
  ].join('\n')
}

/** Restores what an earlier `clean` was given; the text for stdout. */
export async function restored(paths: readonly string[], flags: CleanFlags): Promise<string> {
  const [folder, ...others] = paths
  if (folder === undefined || others.length > 0) {
    throw new Fault('bad-option', '--undo takes one folder.', 'Name the folder that clean wrote.')
  }
  const out = flags.out ?? `${basename(folder).replace(/-clean$/, '')}-restored`
  const files = await undoClean({ cleaned: folder, out, force: flags.force === true })
  return files.map(file => `Restored ${seen(file)}, byte for byte.\n`).join('')
}
