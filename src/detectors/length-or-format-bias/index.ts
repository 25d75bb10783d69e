import { z } from 'zod'
import { detector, type RowId, rowRef, textOf } from '../../core/index.ts'
import { rowSample } from '../../statistics/index.ts'
import { type Trait, traits } from './traits.ts'

const options = z.object({
  rows: z.number().int().min(100).max(200_000).default(30_000).describe('Rows that are read; of more an even sample.'),
  share: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.6)
    .describe('Tell of a trait when it surely wins more than this share of the pairs that it divides.'),
})

const mostCharacters = 64_000_000
const leastDivided = 20

/** Pairs that a trait divides. */
interface Tally {
  readonly trait: Trait
  wins: number
  losses: number
  readonly examples: { row: RowId; text: string }[]
}

const roles = ['chosen', 'rejected', 'response', 'label'] as const
const up = /^(?:true|1|\+1|up|good|yes|like|thumbs?[-_ ]?up|positive|👍)$/i
const down = /^(?:false|0|-1|down|bad|no|dislike|thumbs?[-_ ]?down|negative|👎)$/i

/** A model that learns from preferences learns what wins, and looks win cheaply. Told for information, with its effect. */
export default detector({
  id: 'length-or-format-bias',
  title: 'Preferences that follow length or format',
  threat: 'preference-poison',
  input: { table: { chosen: 'string?', rejected: 'string?', response: 'string?', label: 'any?' } },
  cost: 'scan',
  options,
  messages: {
    wins: 'The answer that {name} wins {percent} % of the {pairs} pairs that this divides (95 % interval {low} to {high} %).',
    loses:
      'The answer that {name} loses {percent} % of the {pairs} pairs that this divides (95 % interval {low} to {high} %).',
    thumbs:
      'An answer that {name} has a thumb up {percent} % of {pairs} times, others {others} % (95 % interval of the former {low} to {high} %).',
  },
  async *detect({ table, options, claim, notJudged }) {
    const pairs = table.has('chosen') && table.has('rejected')
    if (!pairs && !(table.has('response') && table.has('label'))) return
    const { sample } = await table.measure({
      sample: rowSample.request({ roles: [...roles], limit: options.rows, seed: 1, bytes: mostCharacters }),
    })
    if (!sample.complete)
      notJudged(`length and format, beyond an even sample of ${sample.rows.length} of ${sample.total} rows`)
    const cell = (role: (typeof roles)[number], i: number) => textOf(sample.cells.get(role)?.[i])
    const rows = Array.from(sample.rows, (row, i) => ({ row, i }))
    if (!pairs) {
      const thumbs = rows.flatMap(({ row, i }) => {
        const [text, label] = [cell('response', i), cell('label', i)?.trim() ?? '']
        return text === null || !(up.test(label) || down.test(label)) ? [] : { row, text, up: up.test(label) }
      })
      yield* thumbClaims(thumbs)
      return
    }
    for (const trait of traits) {
      const tally: Tally = { trait, wins: 0, losses: 0, examples: [] }
      for (const { row, i } of rows) put(tally, row, cell('chosen', i), cell('rejected', i))
      const n = tally.wins + tally.losses
      const won = tally.wins >= tally.losses
      const [low, high] = interval(won ? tally.wins : tally.losses, n)
      if (n < leastDivided || low <= options.share) continue
      const share = (won ? tally.wins : tally.losses) / n
      yield claim(won ? 'wins' : 'loses', 'info', evidenceOf(tally, share), {
        values: { name: trait.name, percent: percent(share), pairs: n, low: percent(low), high: percent(high) },
      })
    }

    function evidenceOf({ wins, losses, examples }: Tally, share: number) {
      return {
        kind: 'rows' as const,
        total: wins + losses,
        score: share,
        expected: 0.5,
        examples: examples.map(({ row, text }) => rowRef({ parts: table.parts, row, text })),
      }
    }

    function* thumbClaims(thumbs: readonly { row: RowId; text: string; up: boolean }[]) {
      const middle = median(thumbs.map(({ text }) => text.length))
      for (const trait of traits) {
        const has = ({ text }: { text: string }) => (trait.id === 'longer' ? text.length > middle : trait.of(text) > 0)
        const own = thumbs.filter(has)
        const other = thumbs.filter(thumb => !has(thumb))
        if (Math.min(own.length, other.length) < leastDivided) continue
        const share = (of: typeof own) => of.filter(thumb => thumb.up).length / of.length
        const [low, high] = interval(own.filter(thumb => thumb.up).length, own.length)
        const [lowOther, highOther] = interval(other.filter(thumb => thumb.up).length, other.length)
        if (low <= highOther + options.share - 0.5 && high >= lowOther - options.share + 0.5) continue
        yield claim(
          'thumbs',
          'info',
          {
            kind: 'rows',
            total: own.length,
            score: share(own),
            expected: share(other),
            examples: own.slice(0, 4).map(({ row, text }) => rowRef({ parts: table.parts, row, text })),
          },
          {
            values: {
              name: trait.name,
              percent: percent(share(own)),
              pairs: own.length,
              others: percent(share(other)),
              low: percent(low),
              high: percent(high),
            },
          },
        )
      }
    }
  },
})

const mostExamples = 4

function put(tally: Tally, row: RowId, chosen: string | null, rejected: string | null): void {
  if (chosen === null || rejected === null) return
  const [a, b] = [tally.trait.of(chosen), tally.trait.of(rejected)]
  if (a === b) return
  if (a > b) tally.wins++
  else tally.losses++
  if (tally.examples.length < mostExamples) tally.examples.push({ row, text: chosen })
}

const percent = (share: number): number => Math.round(100 * share)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** 95 % interval of a share (Wilson 1927). */
function interval(hits: number, tries: number): readonly [number, number] {
  if (tries === 0) return [0, 1]
  const z = 1.96
  const middle = (hits + (z * z) / 2) / (tries + z * z)
  const half = (z * Math.sqrt((hits * (tries - hits)) / tries + (z * z) / 4)) / (tries + z * z)
  return [middle - half, middle + half]
}
