import { type Cell, labelOf } from '../../core/index.ts'
import type { Sample } from '../roles.ts'
import type { Better } from './better.ts'
import { folded, twinned, twins, verdicts } from './names.ts'

/** Two columns of answers, and what tells the better one. */
export interface Compared {
  readonly first: string
  readonly second: string
  readonly better: Better
}

/** Finds two answers that are compared; null when there are none, or nothing says which is better. */
export function comparedOf(samples: readonly Sample[], hasTalk: (sample: Sample) => boolean): Compared | null {
  const named = (name: string) => samples.find(sample => folded(sample.name) === name)
  for (const stem of twinned)
    for (const endings of twins) {
      const [first, second] = endings.map(ending => named(stem + ending))
      if (!first || !second || !hasTalk(first) || !hasTalk(second)) continue
      const better = verdictIn(samples, endings)
      if (better) return { first: first.name, second: second.name, better }
    }
  return null
}

function verdictIn(samples: readonly Sample[], endings: readonly [string, string]): Better | null {
  for (const stem of ['winnermodel', 'winner', 'score', 'rating', 'reward', 'isbetter']) {
    const both = endings.flatMap(ending => samples.find(({ name }) => folded(name) === stem + ending) ?? [])
    if (both.length === 2) return { way: 'scores', by: both.map(({ name }) => name), endings }
  }
  for (const name of verdicts) {
    const found = samples.find(sample => folded(sample.name) === name)
    const way = found && wayOf(found.cells, endings)
    if (found && way) return { way, by: [found.name], endings }
  }
  return null
}

/** How the values of a column point at one of two answers; null when they do not. */
function wayOf(cells: readonly Cell[], endings: readonly [string, string]): Better['way'] | null {
  const values = new Set(cells.flatMap(cell => labelOf(cell) ?? []))
  if (values.size === 0 || values.size > 50) return null
  const numbers = [...values].map(value => (value === 'true' ? 1 : value === 'false' ? 0 : Number(value)))
  if (numbers.some(Number.isNaN)) return 'ending'
  if (numbers.some(number => number < 0)) return 'signed'
  if (numbers.every(number => endings.includes(String(number)))) return 'ending'
  return numbers.every(number => number === 0 || number === 1) ? 'one-is-first' : null
}
