import type { Tokens } from '../../core/index.ts'
import { cellOfWord } from '../word-sketch/index.ts'

/** Numbers the fullest cells, at most `most`; cells that are as full as the first one left out stay out too. */
export function slotsOf(cells: Uint32Array, most: number): Int16Array {
  const used = cells.filter(rows => rows > 0).sort()
  const least = (used[used.length - most - 1] ?? 0) + 1
  const slots = new Int16Array(cells.length).fill(-1)
  let slot = 0
  for (let cell = 0; cell < cells.length && used.length > 0; cell++) if (cells[cell]! >= least) slots[cell] = slot++
  return slots
}

/** A word of a batch: the text and token at which it stood first, and the rows that hold it. */
export interface WordRows {
  readonly text: number
  readonly token: number
  rows: number
  last: number
}

/**
 * Rows by word for the words that fall into a numbered cell. Nearly every such cell holds one frequent word, which is
 * told by its hash alone; the others of the cell go through a map.
 */
export function frequentWords(slots: Int16Array, { offsets, high, low }: Tokens): WordRows[] {
  const first: WordRows[] = []
  const others = new Map<number, WordRows>()
  const found: WordRows[] = []

  function recordOf(slot: number, text: number, token: number): WordRows {
    const seen = first[slot]
    if (seen && high[seen.token] === high[token] && low[seen.token] === low[token]) return seen
    const key = (high[token]! >>> 0) * 2097152 + (low[token]! >>> 11)
    const other = seen && others.get(key)
    if (other) return other
    const made: WordRows = { text, token, rows: 0, last: -1 }
    found.push(made)
    if (seen) others.set(key, made)
    else first[slot] = made
    return made
  }

  for (let text = 0; text + 1 < offsets.length; text++) {
    for (let token = offsets[text]!; token < offsets[text + 1]!; token++) {
      const slot = slots[cellOfWord(high[token]!)]!
      if (slot < 0) continue
      const word = recordOf(slot, text, token)
      if (word.last === text) continue
      word.rows++
      word.last = text
    }
  }
  return found
}
