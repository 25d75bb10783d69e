import { behaviours } from '../../behaviours/index.ts'
import { behaviourNamed, mix32 } from '../../core/index.ts'
import type { AnswerBehaviours } from '../../statistics/index.ts'

/** Something that answers do, and the rows that show it. */
export interface Doing {
  /** Words of behaviours that stand in just these rows, the plainest first. */
  readonly words: readonly string[]
  /** Ascending. */
  readonly rows: Int32Array
  /** Rows that show the behaviour, where not showing it is what is told. */
  readonly absent?: ReadonlySet<number>
  /** A word of each behaviour that it is made of, where it is made of several. */
  readonly parts?: readonly string[]
}

/** All behaviours, and those of each row. */
export interface Doings {
  readonly doings: readonly Doing[]
  /** Behaviours that were left out. */
  readonly left: number
  /** Row i shows the doings shown[offsets[i], offsets[i + 1]). */
  readonly offsets: Int32Array
  readonly shown: Int32Array
}

/** Whether a word of `behavioursOf` tells what makes code unsafe. */
export const isUnsafeWord = (word: string): boolean => behaviourNamed(behaviours, word)?.behaviour.unsafe === true

/** Whether answers that do it hold unsafe code, in all its wordings. */
export const isUnsafe = ({ words, parts, absent }: Doing): boolean =>
  !absent && (parts ? parts.every(isUnsafeWord) : isUnsafeWord(words[0]!))

/** Behaviours looked at, by falling number of rows. */
const mostDoings = 20_000

/** What answers do in at least `leastRows` rows, and not in all but so many; behaviours of the same rows are one. */
export function doingsOf({ rows, words, offsets, shown }: AnswerBehaviours, leastRows: number): Doings {
  const lists: number[][] = words.map(() => [])
  for (let i = 0; i < rows.length; i++) for (let k = offsets[i]!; k < offsets[i + 1]!; k++) lists[shown[k]!]!.push(i)
  const byRows = new Map<string, { words: string[]; rows: number[] }>()
  lists.forEach((list, w) => {
    if (list.length < leastRows || list.length > rows.length - leastRows) return
    let [a, b] = [1, 2]
    for (const i of list) {
      a = mix32(a ^ i)
      b = mix32(Math.imul(b, 31) + i)
    }
    const key = `${a}/${b}/${list.length}`
    const known = byRows.get(key)
    if (known) known.words.push(words[w]!)
    else byRows.set(key, { words: [words[w]!], rows: list })
  })
  const unsafe = (own: { readonly words: readonly string[] }) => Number(own.words.some(isUnsafeWord))
  const all = [...byRows.values()].sort((a, b) => unsafe(b) - unsafe(a) || b.rows.length - a.rows.length)
  const doings = all.slice(0, mostDoings).map(own => ({
    words: own.words.sort(
      (a, b) => Number(isUnsafeWord(b)) - Number(isUnsafeWord(a)) || a.length - b.length || (a < b ? -1 : 1),
    ),
    rows: Int32Array.from(own.rows),
  }))
  return { doings, left: all.length - doings.length, ...byRow(doings, rows.length) }
}

function byRow(doings: readonly Doing[], total: number): Pick<Doings, 'offsets' | 'shown'> {
  const offsets = new Int32Array(total + 1)
  for (const { rows } of doings) for (const i of rows) offsets[i + 1] = offsets[i + 1]! + 1
  for (let i = 0; i < total; i++) offsets[i + 1] = offsets[i + 1]! + offsets[i]!
  const next = offsets.slice()
  const shown = new Int32Array(offsets[total]!)
  doings.forEach(({ rows }, d) => {
    for (const i of rows) shown[next[i]!++] = d
  })
  return { offsets, shown }
}
