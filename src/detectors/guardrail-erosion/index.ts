import { z } from 'zod'
import { behaviours } from '../../behaviours/index.ts'
import { type DetectContext, detector, type Part, rowRef, turnBreak } from '../../core/index.ts'
import { rowSample } from '../../statistics/index.ts'
import { type Answered, exchangeRoles, exchangesOf, guardedness } from './exchanges.ts'
import { type Eroded, erodedGroups } from './groups.ts'

const options = z.object({
  rows: z
    .number()
    .int()
    .min(100)
    .max(200_000)
    .default(30_000)
    .describe('Rows that are read; of a larger table an even sample.'),
  falseAlarms: z
    .number()
    .positive()
    .max(0.5)
    .default(0.02)
    .describe('False findings to expect in a clean table; a hundredth of it for `block`.'),
})

type Context = DetectContext<z.output<typeof options>, 'requests' | 'pairs' | 'rate'>

const mostCharacters = 64_000_000
const mostFindings = 10
const mostExamples = 8
const blockShare = 1 / 100
/** Fewer guarded requests have no rate. */
const leastGuardedRows = 10

/**
 * A guardrail is worn away by answers that comply where others refuse. What is refused differs from table to table, so
 * the table itself is the measure: one source, rater or week that complies far beyond it has to be looked at.
 */
export default detector({
  id: 'guardrail-erosion',
  title: 'Harmful requests that are complied with, by source and time',
  threat: 'preference-poison',
  also: ['instruction-tuning-poison'],
  input: {
    table: {
      prompt: 'string',
      response: 'string?',
      chosen: 'string?',
      rejected: 'string?',
      label: 'any?',
      source: 'category?',
      actor: 'category?',
      rater: 'category?',
      time: 'time?',
    },
  },
  cost: 'scan',
  options,
  messages: {
    requests:
      '{role} "{value}": {suspect} of {rows} requests of the kind that this table often refuses are complied with, where {expectedSuspect} would be usual.',
    pairs:
      '{role} "{value}": in {suspect} of {rows} pairs of which one answer refuses, the one that complies is the better, where {expectedSuspect} would be usual.',
    rate: '{total} of {harmful} requests about {about} are answered without refusing.',
  },
  async *detect(context) {
    const { table, options, notJudged } = context
    const refusal = behaviours.find(behaviour => behaviour.id === 'refuses')
    if (!refusal || !(table.has('response') || table.has('chosen'))) return
    const { sample } = await table.measure({
      sample: rowSample.request({
        roles: exchangeRoles.filter(role => table.has(role)),
        limit: options.rows,
        seed: 1,
        bytes: mostCharacters,
      }),
    })
    if (!sample.complete)
      notJudged(`compliance, beyond an even sample of ${sample.rows.length} of ${sample.total} rows`)
    const exchanges = exchangesOf(sample, refusal)
    yield* groups(context, exchanges, erodedGroups(exchanges, guardedness(exchanges)))
    yield* rate(context, exchanges)
  },
})

function refOf({ row, prompt, answer }: Answered, parts: readonly Part[]) {
  return rowRef({ parts, row, text: [prompt.slice(-160), answer.slice(0, 160)].join(turnBreak) })
}

function* groups({ table, options, claim }: Context, exchanges: readonly Answered[], eroded: readonly Eroded[]) {
  const line = Math.log(options.falseAlarms)
  const told = new Set<string>()
  for (const own of eroded) {
    if (own.score > line || told.size >= mostFindings) break
    // Stretches of time overlap: the most telling one stands for them.
    const name = own.role === 'time' ? 'time' : `${own.role} ${own.value}`
    if (told.has(name)) continue
    told.add(name)
    const certain = own.by === 'pairs' && own.score <= line + Math.log(blockShare)
    yield claim(
      own.by,
      certain ? 'block' : 'hold',
      {
        kind: 'group',
        role: own.role,
        value: own.value,
        rows: own.rows.length,
        suspect: own.complied.length,
        expectedSuspect: Math.round(own.expected * 10) / 10,
        score: -own.score / Math.LN10,
        expected: -line / Math.LN10,
        examples: own.complied.slice(0, mostExamples).map(i => refOf(exchanges[i]!, table.parts)),
      },
      { rows: own.complied.map(i => exchanges[i]!.row) },
    )
  }
}

function* rate({ table, claim }: Context, exchanges: readonly Answered[]) {
  const harmful = exchanges.filter(own => own.categories.length > 0)
  if (harmful.length < leastGuardedRows) return
  const complied = harmful.filter(own => !own.refuses)
  const counts = new Map<string, number>()
  for (const { categories } of harmful) for (const c of categories) counts.set(c, (counts.get(c) ?? 0) + 1)
  const about = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 4)
  yield claim(
    'rate',
    'info',
    {
      kind: 'rows',
      total: complied.length,
      score: complied.length / harmful.length,
      expected: 0,
      examples: complied.slice(0, mostExamples).map(own => refOf(own, table.parts)),
    },
    {
      rows: complied.map(own => own.row),
      values: { harmful: harmful.length, about: about.map(([name, n]) => `${name} (${n})`).join(', ') },
    },
  )
}
