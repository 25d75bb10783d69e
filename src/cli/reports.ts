import { writeFile } from 'node:fs/promises'
import { type Decision, Fault, nearest, type Report } from '../core/index.ts'
import { type ReportFormat, render, reportFormats } from '../report/index.ts'
import { seen } from './seen.ts'
import { unwritable } from './write.ts'

/** Formats by the endings of `--out` files. */
const endings: Readonly<Record<string, ReportFormat>> = {
  '.json': 'json',
  '.sarif': 'sarif',
  '.sarif.json': 'sarif',
  '.html': 'html',
  '.htm': 'html',
  '.xml': 'junit',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'terminal',
}

/** The format that a name or a file's ending stands for. Throws `bad-option`. */
export function formatOf(name: string): ReportFormat {
  const format = reportFormats.find(known => known === name)
  if (format) return format
  const lower = name.toLowerCase()
  const ending = Object.keys(endings)
    .sort((a, b) => b.length - a.length)
    .find(end => lower.endsWith(end))
  if (ending) return endings[ending]!
  if (/[./\\]/.test(name)) {
    throw new Fault('bad-option', `${name}: the ending says no format.`, `Endings: ${Object.keys(endings).join(' ')}`)
  }
  const near = nearest(name, reportFormats)
  const remedy = near ? `Did you mean "${near}"?` : `There are: ${reportFormats.join(', ')}.`
  throw new Fault('bad-option', `There is no report format "${name}".`, remedy)
}

/** Writes a report to each file, in the format of its ending. */
export async function writeReports(
  files: readonly string[],
  report: Report,
  decision: Decision,
  quiet: boolean,
): Promise<void> {
  for (const file of files) {
    await writeFile(file, render(report, decision, formatOf(file))).catch(cause => {
      throw unwritable(file, cause)
    })
    if (!quiet) process.stderr.write(`Wrote ${seen(file)}\n`)
  }
}
