import type { Coverage, Outcome, Part, Table } from '../core/index.ts'

/** More names than this in one sentence help nobody. */
const mostNames = 12

export interface Seen {
  readonly table: Table
  readonly outcomes: readonly Outcome[]
  readonly rows: number
  readonly lostRows: number
  /** Pictures that files of the table name. */
  readonly named: readonly Part[]
  readonly engine: string
  /** Threats that a table can carry. */
  readonly threats: readonly string[]
  /** Threats that a detector looks for, by its id. */
  readonly sees: (detector: string) => readonly string[]
  /** What detectors could not judge, and what was left out before they began. */
  readonly notJudged: readonly string[]
}

/** What was looked at and, said as plainly, what was not. */
export function coverageOf(seen: Seen): Coverage {
  const { table, outcomes, rows, lostRows, engine, named } = seen
  const foreign = foreignTo(seen)
  return {
    rows,
    lostRows,
    bytes: [...table.parts, ...named].reduce((sum, part) => sum + part.sizeBytes, 0),
    columns: table.columns.map(({ name, role, because, prose }) => ({
      name,
      ...(role === undefined ? {} : { role }),
      ...(because === undefined ? {} : { because }),
      ...(prose === undefined || role !== undefined ? {} : { prose }),
    })),
    notLookedAt: [
      ...lost(lostRows),
      ...withoutRole(table),
      ...unfinished(outcomes.filter(o => !foreign.has(o.detector))),
      ...withoutDetector(seen, foreign),
      ...unpinned(seen),
      ...seen.notJudged.filter(
        text => !outcomes.some(o => o.status === 'skipped' && text === `${o.detector}: ${o.reason}`),
      ),
    ],
    engine,
  }
}

const names = (all: readonly string[]): string =>
  all.slice(0, mostNames).join(', ') + (all.length > mostNames ? ` and ${all.length - mostNames} more` : '')

const lost = (rows: number): string[] =>
  rows === 0
    ? []
    : [`${rows.toLocaleString('en-US')} record${rows === 1 ? '' : 's'} could not be read and went unjudged.`]

function withoutRole(table: Table): string[] {
  const idle = table.columns.filter(column => column.role === undefined).map(column => `"${column.name}"`)
  if (idle.length === 0) return []
  return [`No detector read the column${idle.length === 1 ? '' : 's'} ${names(idle)}: no role was given or inferred.`]
}

/** Roles of a table of pictures: without any other, it holds nothing that is read as text. */
const ofPictures: ReadonlySet<string> = new Set(['image', 'label', 'id', 'split', 'vector'])

/** In a table of pictures alone: the detectors that wanted columns of another kind, and have missed nothing. */
function foreignTo({ table: { roles }, outcomes }: Seen): ReadonlySet<string> {
  if (!roles.has('image') || [...roles].some(role => !ofPictures.has(role))) return new Set()
  const wants = ({ status, cause, reason }: Outcome) =>
    status === 'skipped' && cause === 'no-column' && reason?.startsWith('no ') === true
  return new Set(outcomes.filter(wants).map(o => o.detector))
}

/** An index is small; what it names is the data. */
function unpinned({ table, named }: Seen): string[] {
  const names = table.columns.some(({ role, because }) => role === 'image' && because?.includes('names of pictures'))
  if (!names || named.length > 0) return []
  return ['The digest pins the file that names the pictures, not the pictures: scan their folder to pin both.']
}

/** What did not run, one sentence for each reason. */
function unfinished(outcomes: readonly Outcome[]): string[] {
  const skipped = new Map<string, string[]>()
  for (const { detector, status, reason = 'skipped' } of outcomes)
    if (status === 'skipped') skipped.set(reason, [...(skipped.get(reason) ?? []), detector])
  const failed = outcomes.filter(o => o.status === 'failed').map(o => `${o.detector} failed: ${o.reason}`)
  return [...[...skipped].map(([reason, ids]) => `${names(ids)} did not run: ${reason}.`), ...failed]
}

function withoutDetector({ outcomes, threats, sees }: Seen, foreign: ReadonlySet<string>): string[] {
  const ran = outcomes.filter(o => o.status === 'clean' || o.status === 'found')
  const covered = new Set(ran.flatMap(o => sees(o.detector)))
  const elsewhere = new Set([...foreign].flatMap(sees))
  const open = threats.filter(threat => !covered.has(threat))
  const [other, own] = [open.filter(t => elsewhere.has(t)), open.filter(t => !elsewhere.has(t))]
  const threatened = other.length === 0 ? '' : `, and nothing looked for ${names(other)}`
  return [
    ...(foreign.size === 0
      ? []
      : [
          `No text, prompt, address or rating to judge: ${foreign.size} detectors of other data did not run${threatened}.`,
        ]),
    ...(own.length === 0 ? [] : [`No detector that ran looks for ${names(own)}.`]),
  ]
}
