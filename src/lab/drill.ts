import { availableParallelism } from 'node:os'
import {
  type AnyTableAttack,
  type AnyTableDetector,
  type Figure,
  type InputKind,
  type Role,
  type Row,
  roles,
  type Table,
} from '../core/index.ts'
import { allAttacks, type DrillAttack } from './arsenal.ts'
import { type Crew, crewOf } from './crew.ts'
import { type JudgeRowsOptions, judgeRows } from './judged.ts'
import { type HeldRows, labSide, rowsOfTable } from './read.ts'
import type { Score } from './score.ts'
import { type Power, powerOf } from './trial.ts'

/** What to drill with; everything but the detectors has a default. */
export interface DrillRequest {
  /** All built-in ones, some of them in two forms, when absent. */
  readonly attacks?: readonly DrillAttack[]
  readonly detectors: readonly AnyTableDetector[]
  /** Doses in rows, rising. */
  readonly doses?: readonly number[]
  readonly seeds?: readonly number[]
  readonly judging?: Omit<JudgeRowsOptions, 'seed'>
  /** Milliseconds after which no trial begins, with the clock to read. Without a clock there is no end. */
  readonly budgetMs?: number
  readonly now?: () => number
  readonly onProgress?: (progress: DrillProgress) => void
  readonly signal?: AbortSignal
  /** Most trials at a time; one for each processor, at most four, when absent. */
  readonly threads?: number
}

export interface DrillProgress {
  readonly done: number
  /** An estimate: later trials depend on the earlier ones. */
  readonly of: number
  readonly attack: string
  readonly dose: number
}

/** How one attack fared. */
export interface DrilledAttack {
  readonly name: string
  readonly attack: string
  readonly title: string
  readonly threat: string
  readonly options: Readonly<Record<string, unknown>>
  /** Doses that were tried, rising. */
  readonly doses: readonly { readonly rows: number; readonly power: Power }[]
  /** Smallest tried dose from which on every trial was caught; null when there is none. */
  readonly caughtFrom: number | null
  /** One sentence for a person. */
  readonly sentence: string
}

/** The power of a defence, measured on the data it defends. */
export interface DrillResult {
  /** Rows that were poisoned and judged, and rows of the table: fewer were drilled when the table is large. */
  readonly rows: number
  readonly total: number
  /** Findings of hold and block on the rows as they are: they are known before and never counted as a catch. */
  readonly before: readonly { readonly severity: string; readonly detector: string; readonly text: string }[]
  readonly attacks: readonly DrilledAttack[]
  /** What was not tried, and why. */
  readonly notTried: readonly string[]
  readonly figure: Figure
}

const defaultDoses = [4, 8, 16, 32, 64, 128, 256, 512, 1024]
const defaultSeeds = [1, 2, 3]

/** Beyond these the drill works on an even sample: each trial judges all rows again. */
const mostRows = { usual: 50_000, pictures: 5_000 }
/** A dose above this share is no longer a few rows among many. */
const mostShare = 0.1

/**
 * Poisons copies of a table with each attack at several doses and tells what the detectors would have caught. Doses are
 * searched by halving with the first seed; the smallest dose caught and its neighbours are repeated with all seeds.
 */
export async function drill(table: Table | readonly Row[], request: DrillRequest): Promise<DrillResult> {
  const { rows, total, shrunk, unseen } = 'kind' in table ? await held(table) : inMemory(table)
  const before = await judgeRows(rows, request.detectors, { ...request.judging, seed: 1 })
  const notTried: string[] = []
  const present = new Set(roles.filter(role => rows.some(row => row[role] !== undefined)))
  const able = (request.attacks ?? allAttacks).filter(entry => {
    const lacking = lackingRoles(entry.attack, present)
    if (lacking.length > 0) notTried.push(`${nameOf(entry)}: the table has no ${lacking.join(' and no ')} column.`)
    return lacking.length === 0
  })
  const tasks = able.map(({ attack, options = {} }) => ({ attack, options }))
  const ground = { rows, before, detectors: request.detectors, judging: request.judging ?? {} }
  const crew = crewOf(ground, tasks, request.threads ?? Math.min(4, availableParallelism()))
  const lab = trials(rows.length, crew, request, able.length)
  try {
    await several(able, crew.size, entry => search(entry, lab))
    await several(able, crew.size, entry => confirm(entry, lab))
  } finally {
    await crew.close()
  }
  const drilled = able.filter(entry => !lab.unable.has(nameOf(entry))).map(entry => drilledOf(entry, lab, rows.length))
  if (lab.outOfTime()) notTried.push('The time was up before every dose had been tried with every seed.')
  for (const entry of able)
    if (lab.unable.has(nameOf(entry))) notTried.push(`${nameOf(entry)}: ${lab.unable.get(nameOf(entry))}`)
  if (rows.length < total)
    notTried.push(`${many(total - rows.length, 'row')} of the table: the drill used an even sample.`)
  if (unseen > 0) notTried.push(`${many(unseen, 'picture')} that could not be decoded.`)
  if (shrunk > 0)
    notTried.push(`${many(shrunk, 'picture')} in full size: the drill made the longest side ${labSide} pixels.`)
  return {
    rows: rows.length,
    total,
    before: before.accusations
      .filter(a => a.finding.severity !== 'info')
      .map(({ finding: { severity, detector, text } }) => ({ severity, detector, text })),
    attacks: drilled,
    notTried,
    figure: curve(drilled),
  }
}

const many = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`

const held = (table: Table): Promise<HeldRows> => {
  const rows = table.roles.has('image') ? mostRows.pictures : mostRows.usual
  return rowsOfTable(table, { seed: 1, bounds: { rows, characters: 100_000_000 } })
}

const inMemory = (rows: readonly Row[]): HeldRows => ({ rows, total: rows.length, shrunk: 0, unseen: 0 })

/** Works on `size` entries at a time. */
async function several(
  entries: readonly DrillAttack[],
  size: number,
  work: (entry: DrillAttack) => Promise<void>,
): Promise<void> {
  const open = [...entries]
  const worker = async () => {
    for (let entry = open.shift(); entry; entry = open.shift()) await work(entry)
  }
  await Promise.all(Array.from({ length: size }, worker))
}

const nameOf = ({ name, attack }: DrillAttack): string => name ?? attack.id

const lackingRoles = (attack: AnyTableAttack, present: ReadonlySet<Role>): string[] =>
  (Object.entries(attack.input) as [Role, InputKind][])
    .filter(([role, kind]) => !kind.endsWith('?') && !present.has(role))
    .map(([role]) => `"${role}"`)

/** Runs trials within the budget and remembers their scores. */
interface Trials {
  readonly doses: readonly number[]
  readonly seeds: readonly number[]
  readonly unable: Map<string, string>
  /** Scores by attack name and dose. */
  scores(name: string): ReadonlyMap<number, readonly Score[]>
  /** The score, or null when it could not be tried. */
  run(entry: DrillAttack, dose: number, seed: number): Promise<Score | null>
  outOfTime(): boolean
}

function trials(total: number, crew: Crew, request: DrillRequest, attacks: number): Trials {
  const { now, budgetMs, signal } = request
  const doses = [...(request.doses ?? defaultDoses)].sort((a, b) => a - b).filter(d => d <= total * mostShare)
  const seeds = request.seeds ?? defaultSeeds
  const began = now?.() ?? 0
  const kept = new Map<string, Map<number, Score[]>>()
  const unable = new Map<string, string>()
  const guess = attacks * (Math.ceil(Math.log2(doses.length + 1)) + 3 * (seeds.length - 1))
  let done = 0
  let late = false
  const isLate = () => {
    late ||= signal?.aborted === true || (now !== undefined && budgetMs !== undefined && now() - began > budgetMs)
    return late
  }
  return {
    doses,
    seeds,
    unable,
    outOfTime: () => late,
    scores: name => kept.get(name) ?? new Map(),
    async run(entry, dose, seed) {
      const name = nameOf(entry)
      if (unable.has(name) || isLate()) return null
      request.onProgress?.({ done, of: Math.max(guess, done + 1), attack: name, dose })
      const { score, poisoned } = await crew.run({ attack: entry.attack, options: entry.options ?? {}, dose, seed })
      done++
      if (poisoned < dose) {
        if (poisoned === 0) unable.set(name, 'no row of this table can carry it.')
        return null
      }
      const byDose = kept.get(name) ?? new Map<number, Score[]>()
      kept.set(name, byDose.set(dose, [...(byDose.get(dose) ?? []), score]))
      return score
    },
  }
}

/** Halves the doses with the first seed until the smallest one that is caught is known. */
async function search(entry: DrillAttack, lab: Trials): Promise<void> {
  let [low, high] = [0, lab.doses.length - 1]
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const score = await lab.run(entry, lab.doses[middle]!, lab.seeds[0]!)
    if (score?.caught) high = middle - 1
    else low = middle + 1
  }
}

/** Repeats the smallest dose caught, the one below and the one above with the other seeds. */
async function confirm(entry: DrillAttack, lab: Trials): Promise<void> {
  const scores = lab.scores(nameOf(entry))
  const hit = [...scores].flatMap(([dose, [first]]) => (first?.caught ? [dose] : []))
  const smallest = hit.length > 0 ? Math.min(...hit) : lab.doses.at(-1)
  const at = smallest === undefined ? -1 : lab.doses.indexOf(smallest)
  for (const k of [at, at + 1, at - 1]) {
    const dose = lab.doses[k]
    if (dose === undefined) continue
    const tried = scores.get(dose)?.length ?? 0
    for (const seed of lab.seeds.slice(tried)) await lab.run(entry, dose, seed)
  }
}

function drilledOf(entry: DrillAttack, lab: Trials, rows: number): DrilledAttack {
  const { attack, options = {} } = entry
  const doses = [...lab.scores(nameOf(entry))]
    .sort(([a], [b]) => a - b)
    .map(([dose, scores]) => ({ rows: dose, power: powerOf(scores) }))
  let caughtFrom: number | null = null
  for (const { rows: dose, power } of [...doses].reverse()) {
    if (power.caught < power.trials) break
    caughtFrom = dose
  }
  const name = nameOf(entry)
  const { id, title, threat } = attack
  return {
    name,
    attack: id,
    title,
    threat,
    options,
    doses,
    caughtFrom,
    sentence: sentenceOf(name, doses, caughtFrom, rows),
  }
}

function sentenceOf(name: string, doses: DrilledAttack['doses'], caughtFrom: number | null, rows: number): string {
  const on = `On these ${rows.toLocaleString('en-US')} rows, ${name}`
  if (doses.length === 0) return `${on} was not tried.`
  const most = doses.at(-1)!
  if (caughtFrom === null)
    return `${on} is missed at ${most.rows} rows (${most.power.caught} of ${most.power.trials} caught).`
  const { caught, trials: tries, interval } = doses.find(d => d.rows === caughtFrom)!.power
  const sure = `${caught} of ${tries} trials, 95 % interval ${Math.round(interval[0] * 100)}–100 %`
  return `${on} is caught from ${caughtFrom} rows up (${sure}).`
}

const curve = (attacks: readonly DrilledAttack[]): Figure => ({
  kind: 'line',
  title: 'What would have been caught',
  x: 'poisoned rows',
  y: 'share of trials caught',
  series: attacks.slice(0, 64).map(({ name, doses }) => ({
    name,
    points: doses.map(({ rows, power }): [number, number] => [rows, power.caught / power.trials]),
  })),
})
