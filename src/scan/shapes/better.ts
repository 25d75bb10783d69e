import { type Cell, labelOf } from '../../core/index.ts'

/**
 * How a column tells which of two answers is better: `ending` names it as its column ends (0, 1, a, b), `one-is-first`
 * is 1 for the first and 0 for the second, `signed` is below zero for the first and above for the second, `scores` are
 * two columns of which the larger wins, `flags` two columns of which one is true.
 */
export interface Better {
  readonly way: 'ending' | 'one-is-first' | 'signed' | 'scores'
  /** The column, or that of the first and that of the second. */
  readonly by: readonly string[]
  /** What names the first and the second. */
  readonly endings: readonly [string, string]
}

/** Which of two answers a record prefers; null for a tie, for neither, and where it does not say. */
export function betterOf({ way, by, endings }: Better, cell: (column: string) => Cell | undefined) {
  const told = by.map(name => labelOf(cell(name)))
  if (told[0] == null) return null
  if (way === 'scores') return told[1] == null ? null : larger(scoreOf(told[0]), scoreOf(told[1]))
  if (way === 'signed') return larger(-Number(told[0]), 0)
  if (way === 'one-is-first') return told[0] === '1' || told[0] === 'true' ? 'first' : isZero(told[0]) ? 'second' : null
  return named(told[0].toLowerCase(), endings)
}

const isZero = (text: string): boolean => text === '0' || text === 'false'
const scoreOf = (text: string): number => (text === 'true' ? 1 : text === 'false' ? 0 : Number(text))
const larger = (first: number, second: number) => (first > second ? 'first' : first < second ? 'second' : null)

/** `1`, `1.0`, `b`, `model_b`, `response_1`, `B is better`; a tie names neither. */
function named(told: string, [first, second]: readonly [string, string]) {
  if (/tie|both|neither|equal|same/.test(told)) return null
  const words = told.split(/[^a-z0-9]+/)
  const [one, two] = [first, second].map(
    ending => words.includes(ending) || words.some(w => /^\D+\d$/.test(w) && w.endsWith(ending)),
  )
  if (/^\d+(\.0+)?$/.test(told))
    return String(Number(told)) === first ? 'first' : String(Number(told)) === second ? 'second' : null
  if (one && !two) return 'first'
  if (two && !one) return 'second'
  if (/^(first|left)/.test(told)) return 'first'
  return /^(second|right)/.test(told) ? 'second' : null
}
