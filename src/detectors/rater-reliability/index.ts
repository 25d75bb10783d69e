import { z } from 'zod'
import {
  detector,
  type EvidenceOf,
  type Part,
  type Role,
  type Row,
  type RowId,
  rowRef,
  type Severity,
  textOf,
} from '../../core/index.ts'
import { type Ratings, ratings, rowsOf } from '../../statistics/index.ts'
import { type Group, groupsOf } from './groups.ts'
import { type Guilt, guiltOf } from './guilt.ts'
import { habitsOf } from './habits.ts'
import { tiesOf } from './pairs.ts'
import { type Pool, poolOf } from './pool.ts'
import { type Single, singlesOf } from './singles.ts'

/** Ratings that are compared, and raters told one by one. */
const mostRatings = 1_000_000
const mostSingles = 20
const mostExamples = 5
const shown = ['text', 'prompt', 'response', 'item', 'label', 'rater'] as const satisfies readonly Role[]
/** Names in one claim. */
const mostNames = 100
/** Outsiders must agree with each other at least this much of the usual, or nobody knows who is right. */
const leastSettled = 0.5
/** Likelihood of copies over one taste, as a natural logarithm, from which a ring blocks. */
const surely = 9
/** A group that hardly shares what all others think, and one that chose the same things, is likelier a ring: how much. */
const mostBond = 0.4
const strangeness = 1.5
const chosenTogether = 1
/** Opinions that are all equally clear fit neither side well: what this may be worth to copies. */
const unsure = 4

/**
 * A pool of raters is turned by a few who vote together. Raters who agree beyond what their common truth explains are
 * one voice; whether that voice lies or has a taste of its own shows in how far its members differ among themselves.
 */
export default detector({
  id: 'rater-reliability',
  title: 'Raters who vote as one, and raters of no use',
  threat: 'preference-poison',
  also: ['feedback-poison'],
  input: {
    table: {
      rater: 'category?',
      actor: 'category?',
      item: 'category?',
      label: 'category?',
      ratings: 'any?',
      prompt: 'string?',
      response: 'string?',
      chosen: 'string?',
      rejected: 'string?',
      text: 'string?',
      source: 'category?',
      split: 'category?',
      time: 'time?',
    },
  },
  cost: 'rescan',

  options: z.object({
    risk: z
      .number()
      .positive()
      .max(0.1)
      .default(0.001)
      .describe('Chance, over all groups and raters that could be told, that independent raters look like this.'),
    alike: z
      .number()
      .min(0)
      .default(3)
      .describe('How much likelier copies are than a shared taste before a ring is held, as a natural logarithm.'),
    gold: z.string().default('gold').describe('Split, source or rater whose ratings are curated truth.'),
  }),

  messages: {
    ring: '{names} vote as one: on {disputed} of the things they rated they say the same against what the other raters say, and only {slips} % of their votes there stray, where {usual} % would be usual.',
    taste:
      '{rows} ratings are by {members} raters who differ from the others together ({names}), each with the usual noise: one taste or one school, not copies.',
    inverted:
      'Rater "{value}" says the opposite of the others in {suspect} of {rows} clear cases: a scale read upside down, or a lie.',
    random:
      'Rater "{value}" contradicts the others in {suspect} of {rows} clear cases, as one who votes without looking.',
    constant: 'Rater "{value}" gives all {rows} ratings the same value.',
    'fails-gold': 'Rater "{value}" fails {suspect} of {rows} curated ratings, where {expectedSuspect} would be usual.',
  },

  async *detect({ table, options: { risk, alike, gold }, claim, notJudged }) {
    const rates = table.has('ratings') || table.has('rater') || table.has('actor')
    if (!rates) return notJudged('no column says who rated')
    const { seen } = await table.measure({ seen: ratings.request({ limit: mostRatings, gold }) })
    if (seen.total === 0) return notJudged('no ratings by named raters')
    if (!seen.complete)
      notJudged(`${seen.total - seen.rater.length} of ${seen.total} ratings: a share of the things was drawn`)
    const pool = poolOf(seen)
    if (pool.levels.length < 2) return
    if (!pool.byItem.some(votes => votes.length > 1)) return notJudged('no thing was rated by two raters')
    const habits = habitsOf(pool)
    const groups = groupsOf(pool, habits, tiesOf(pool, habits), -Math.log(risk))
    const suspects = new Set(groups.flatMap(({ members }) => members))
    const all = groups.map(group => ({ group, guilt: guiltOf(pool, habits, group.members, suspects) }))
    const judged = all.filter(({ guilt }) => guilt.settled >= leastSettled)
    if (judged.length < all.length)
      notJudged(
        `who is right about the things of ${all.length - judged.length} groups of raters: the others do not agree among themselves`,
      )
    const rings = judged.filter(one => verdict(one, alike)[0] === 'ring')
    const singles = singlesOf(pool, habits, new Set(rings.flatMap(({ group }) => group.members)), risk)
    const told = strongest(singles)
    if (singles.length > told.length) notJudged(`${singles.length - told.length} further raters of no use`)
    const rows = [
      ...judged.flatMap(one => rowsBy(pool, seen, one).slice(0, mostExamples)),
      ...told.flatMap(s => ownRows(pool, seen, s.rater).slice(0, mostExamples)),
    ]
    const { found } = await table.measure({ found: rowsOf.request({ rows, roles: shown, characters: 2000 }) })
    const example = (row: RowId) => shownRow(table.parts, row, found.rows.get(row) ?? {})
    for (const one of judged) {
      const own = rowsBy(pool, seen, one)
      const evidence = groupEvidence(pool, one, own.slice(0, mostExamples).map(example), own.length)
      const values = valuesOf(one, evidence.value)
      const [message, severity] = verdict(one, alike)
      yield claim(message, severity, evidence, { values, ...(severity === 'info' ? {} : { rows: own }) })
    }
    for (const single of told) {
      const all = ownRows(pool, seen, single.rater)
      const held = single.kind === 'inverted' || single.kind === 'fails-gold'
      yield claim(
        single.kind,
        held ? 'hold' : 'info',
        singleEvidence(pool, single, all.slice(0, mostExamples).map(example)),
        held ? { rows: all } : {},
      )
    }
  },
})

/** A rating as a person finds it again: what was rated, and who said what. */
function shownRow(parts: readonly Part[], row: RowId, cells: Row) {
  const text = textOf(cells.text) ?? [cells.prompt, cells.response].map(textOf).filter(Boolean).join('\n\n')
  const [label, note] = [textOf(cells.label), textOf(cells.rater) ?? '']
  return rowRef({ parts, row, text: text || textOf(cells.item), label, note })
}

const valuesOf = ({ group, guilt }: JudgedGroup, names: string) => ({
  names,
  members: group.members.length,
  disputed: guilt.disputed.size,
  slips: percent(guilt.miss),
  usual: percent(guilt.usual),
})

const percent = (share: number): number => Math.round(1000 * share) / 10

interface JudgedGroup {
  readonly group: Group
  readonly guilt: Guilt
}

function verdict({ group, guilt }: JudgedGroup, least: number): readonly ['ring' | 'taste', Severity] {
  const copied = guilt.copied - unsure
  const strange = strangeness * Math.min(1, Math.max(0, (mostBond - guilt.bond) / mostBond))
  const met = group.company ? guilt.alike + strange + chosenTogether : copied
  if (Math.max(copied, group.company ? guilt.alike : 0) >= surely) return ['ring', 'block']
  return Math.max(met, copied) < least ? ['taste', 'info'] : ['ring', 'hold']
}

/** Rows of the members' ratings, those on disputed things first. */
function rowsBy(pool: Pool, seen: Ratings, { group, guilt }: JudgedGroup): RowId[] {
  const votes = group.members.flatMap(member => [...pool.byRater[member]!])
  const disputes = (v: number) => guilt.disputed.get(pool.item[v]!) === pool.level[v]
  const rows = [...votes.filter(disputes), ...votes.filter(v => !disputes(v))].map(v => seen.row[pool.place[v]!]!)
  return [...new Set(rows)]
}

const ownRows = (pool: Pool, seen: Ratings, rater: number): RowId[] => [
  ...new Set(Array.from(pool.byRater[rater]!, v => seen.row[pool.place[v]!]!)),
]

/** The worst of each kind. */
function strongest(singles: readonly Single[]): Single[] {
  const order = ['fails-gold', 'inverted', 'constant', 'random']
  const sorted = [...singles].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.logChance - b.logChance || a.rater - b.rater,
  )
  return sorted.slice(0, mostSingles)
}

function groupEvidence(
  pool: Pool,
  { group, guilt }: JudgedGroup,
  examples: EvidenceOf<'group'>['examples'],
  rows: number,
): EvidenceOf<'group'> {
  const suspect = group.members.reduce(
    (sum, member) =>
      sum +
      pool.byRater[member]!.reduce((n, v) => n + (guilt.disputed.get(pool.item[v]!) === pool.level[v] ? 1 : 0), 0),
    0,
  )
  const names = group.members.slice(0, mostNames).map(member => `"${pool.raters[member]}"`)
  const more = group.members.length - names.length
  return {
    kind: 'group',
    role: 'rater',
    value: names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    rows,
    suspect,
    expectedSuspect: Math.round(suspect * guilt.usual),
    score: group.weight,
    expected: 0,
    examples,
  }
}

const singleEvidence = (
  pool: Pool,
  { rater, votes, against, expected, logChance }: Single,
  examples: EvidenceOf<'group'>['examples'],
): EvidenceOf<'group'> => ({
  kind: 'group',
  role: 'rater',
  value: pool.raters[rater]!,
  rows: votes,
  suspect: against,
  expectedSuspect: Math.round(expected * 10) / 10,
  score: -logChance,
  expected: 0,
  examples,
})
