import { behaviours } from '../../behaviours/index.ts'
import { codeBlocksOf, workOf } from '../../code/index.ts'
import {
  behavioursOf,
  cellsOf,
  emptyRanked,
  exchangeOf,
  firstAtLeast,
  hashRow,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type RowId,
  shortened,
  statistic,
  textOf,
  trimRanked,
  turnBreak,
} from '../../core/index.ts'

export interface AnswerBehavioursOptions {
  /** Which answer: the only one, or the better of two. */
  readonly answer: 'response' | 'chosen'
  /** Behaviours that are asked: those that cost next to nothing, or those that take milliseconds. */
  readonly pace: 'quick' | 'slow'
  /** Most rows; beyond, those whose ids hash lowest. */
  readonly limit: number
  /** Most characters of prompts and behaviours together; with slow behaviours the work on the code of answers counts too. */
  readonly characters: number
  readonly seed: number
  /** Behaviours that fewer rows show are left out. */
  readonly leastRows: number
  /** Only these rows, ascending; all when absent. */
  readonly only?: Float64Array
}

/** What was said to a model and what its answers do, row by row. */
export interface AnswerBehaviours {
  /** Ids, ascending. */
  readonly rows: Float64Array
  /** System prompt and prompt of each row, the middle of long ones left out. */
  readonly said: readonly string[]
  /** Characters of `said` that are the system prompt's. */
  readonly system: Int32Array
  /** Behaviours in words (see `behavioursOf`), alphabetically. */
  readonly words: readonly string[]
  /** Row i shows the behaviours shown[offsets[i], offsets[i+1]), ascending. */
  readonly offsets: Int32Array
  readonly shown: Int32Array
  /** Rows with a prompt and an answer. */
  readonly total: number
}

interface Kept {
  readonly row: RowId
  readonly said: string
  readonly system: number
  /** Behaviours, one a line. */
  readonly does: string
}

export interface AnswerBehavioursState {
  kept: Ranked<Kept>
  total: number
}

/** Characters of a prompt at its beginning and at its end: triggers are put in front, behind, or somewhere. */
const opening = 3000
const closing = 1000

const boundsOf = ({ limit, characters }: AnswerBehavioursOptions): RankedBounds => ({
  items: limit,
  weight: characters,
})

function shortSaid(text: string): string {
  if (text.length <= opening + closing) return text
  const end = [...text.slice(-closing)].slice(1).join('')
  return `${shortened(text, opening) as string}\n${end}`
}

/** What answers do, and what was said before: the two sides of a backdoor in instructions. */
export default statistic<AnswerBehavioursOptions, AnswerBehavioursState, AnswerBehaviours>({
  id: 'answer-behaviours',
  title: 'What answers do, row by row',
  roles: ({ answer }) => ['system', 'prompt', answer],
  init: () => ({ kept: emptyRanked(), total: 0 }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    const asked = behaviours.filter(({ slow }) => (slow === true) === (options.pace === 'slow'))
    const [systems, prompts] = [cellsOf(batch, 'system'), cellsOf(batch, 'prompt')]
    const answers = cellsOf(batch, options.answer)
    for (let i = 0; i < batch.size; i++) {
      const row = batch.rows[i]!
      if (options.only && options.only[firstAtLeast(options.only, row)] !== row) continue
      const [prompt, response] = [textOf(prompts[i]), textOf(answers[i])]
      if (prompt === null || response === null) continue
      state.total++
      const rank = hashRow(row, options.seed) >>> 0
      if (rank >= state.kept.limit) continue
      const system = textOf(systems[i])
      const exchange = exchangeOf(system, prompt, response)
      const work = options.pace === 'slow' ? workOf(codeBlocksOf(exchange.response)) : 0
      const does = behavioursOf(asked, exchange)
        .map(word => word.replaceAll('\n', ' '))
        .join('\n')
      const before = system ? shortSaid(system) + turnBreak : ''
      const said = before + shortSaid(prompt)
      const weight = said.length + does.length + work
      putRanked(state.kept, rank, weight, { row, said, system: before.length, does }, bounds)
    }
    return state
  },
  merge(a, b, options) {
    return { kept: mergeRanked(a.kept, b.kept, boundsOf(options)), total: a.total + b.total }
  },
  finish({ kept, total }, options) {
    const rows = trimRanked(kept, boundsOf(options)).items.map(({ value }) => value)
    rows.sort((a, b) => a.row - b.row)
    return {
      rows: Float64Array.from(rows, ({ row }) => row),
      said: rows.map(({ said }) => said),
      system: Int32Array.from(rows, ({ system }) => system),
      total,
      ...wordsOf(rows, options.leastRows),
    }
  },
})

/** Numbers the behaviours that enough rows show. */
function wordsOf(rows: readonly Kept[], leastRows: number): Pick<AnswerBehaviours, 'words' | 'offsets' | 'shown'> {
  const counts = new Map<string, number>()
  const own = (kept: Kept) => (kept.does === '' ? [] : kept.does.split('\n'))
  for (const kept of rows) for (const word of own(kept)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts].filter(([, n]) => n >= leastRows).map(([word]) => word)
  words.sort()
  const place = new Map(words.map((word, w) => [word, w]))
  const offsets = new Int32Array(rows.length + 1)
  const shown: number[] = []
  rows.forEach((kept, i) => {
    const places = own(kept).flatMap(word => place.get(word) ?? [])
    places.sort((a, b) => a - b)
    for (const w of places) if (shown.length === offsets[i] || shown.at(-1) !== w) shown.push(w)
    offsets[i + 1] = shown.length
  })
  return { words, offsets, shown: Int32Array.from(shown) }
}
