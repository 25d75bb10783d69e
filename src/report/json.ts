import { z } from 'zod'
import { type Decision, Fault, type Report, report, reportVersion, severities } from '../core/index.ts'

const reason = z.object({
  text: z.string(),
  finding: z.string().optional(),
  detector: z.string().optional(),
  severity: z.enum(severities).optional().describe('Severity of the finding under the policy.'),
})
const decision = z.object({
  verdict: z.enum(['pass', 'hold', 'block']),
  reasons: z.array(reason),
  waived: z.array(z.object({ finding: z.string(), reason: z.string(), expires: z.string() })),
})

/** What `--json` prints: the report, and beside it what a policy made of it. */
const reportDocument = report.extend({
  decision: decision.optional().describe('What the policy in force on the day of the scan made of the report.'),
})

/** The JSON Schema of the report, as committed under docs/schema. */
export const reportSchema = (): unknown => ({
  $id: `urn:bezoar:report:${reportVersion}`,
  title: 'Report of Bezoar',
  ...z.toJSONSchema(reportDocument, { unrepresentable: 'any' }),
})

/** The report as JSON with sorted keys: equal reports are equal bytes. */
export const renderJson = (report: Report, decision: Decision): string => pretty({ ...report, decision }, '') + '\n'

/** A value as JSON in ASCII where a terminal might obey or hide the character: it means the same, and is seen. */
export const jsonString = (value: unknown): string => escaped(JSON.stringify(value) ?? 'null')

/** JSON text with controls, marks of direction and other characters without a shape written as escapes. */
export const escaped = (json: string): string =>
  json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, c =>
    c
      .split('')
      .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )

/** Reads a report that was written as JSON. @throws Fault `bad-report`, naming the place. */
export function readReport(text: string, name: string): Report {
  const value = parsed(text, name)
  const result = report.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const where = issue.path.map(String).join('.') || 'the top'
  throw new Fault('bad-report', `${name} is not a report of this version: ${where}: ${issue.message}.`, remedy)
}

const remedy = 'Give a file that `bezoar scan --json` wrote.'

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new Fault('bad-report', `${name} is not JSON: ${why}`, remedy, { cause })
  }
}

/** Widest value that stays on one line: points and ranges then do not take a line for each number. */
const oneLine = 100

function pretty(value: unknown, indent: string): string {
  if (value === null || typeof value !== 'object') return jsonString(value)
  const deeper = indent + '  '
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map(item => pretty(item, deeper))
    : sortedEntries(value).map(([key, item]) => `${jsonString(key)}: ${pretty(item, deeper)}`)
  const [open, close] = isList ? '[]' : '{}'
  const width = parts.reduce((sum, part) => sum + part.length + 2, 2)
  const flat = width <= oneLine && !parts.some(part => part.includes('\n'))
  if (flat) return isList || parts.length === 0 ? `${open}${parts.join(', ')}${close}` : `{ ${parts.join(', ')} }`
  return `${open}\n${parts.map(part => deeper + part).join(',\n')}\n${indent}${close}`
}

const sortedEntries = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
