import { labelOf, logBinomialTail, type Role, type Row, type RowId, textOf, tokenise } from '../../core/index.ts'
import type { Group } from './groups.ts'

/** Tokens of a phrase: long enough not to be an idiom of two words, short enough to survive rewording. */
const phraseTokens = 4
/** Phrases by which two contributors are known to say the same. */
const mostKeys = 30
/** Tokens of a text that are looked at. */
const mostTokens = 400

/** A phrase that one contributor's rows share and others' do not. */
export interface Refrain {
  readonly group: Group
  /** As it stands in the first row. */
  readonly phrase: string
  /** It and the other phrases that the rows share, most telling first. */
  readonly keys: readonly number[]
  /** Rows that have it. */
  readonly rows: readonly RowId[]
  readonly share: number
  /** Natural logarithm of the chance, times the phrases tried. */
  readonly logChance: number
  /** Share of its most frequent label among the group's rows; 0 where there are no labels. */
  readonly purity: number
}

/** Phrases of a text with their places. */
function phrasesOf(text: string): Map<number, readonly [number, number]> {
  const { high, low, start, end } = tokenise([text])
  const found = new Map<number, readonly [number, number]>()
  for (let k = 0; k + phraseTokens <= Math.min(mostTokens, start.length); k++) {
    let h = 0
    let l = 0
    for (let j = k; j < k + phraseTokens; j++) {
      h = Math.imul(h ^ high[j]!, 0x9e3779b1) ^ (h >>> 15)
      l = Math.imul(l ^ low[j]!, 0x85ebca6b) ^ (l >>> 13)
    }
    const key = (h >>> 0) * 2097152 + (l >>> 11)
    if (!found.has(key)) found.set(key, [start[k]!, end[k + phraseTokens - 1]!])
  }
  return found
}

/** For each group the phrase that its rows share most against all other rows, null when there is none. */
export function refrains(groups: readonly Group[], cells: ReadonlyMap<RowId, Row>, role: Role = 'text'): Refrain[] {
  const everywhere = new Map<number, number>()
  const phrases = new Map<RowId, Map<number, readonly [number, number]>>()
  for (const [row, cell] of cells) {
    const own = phrasesOf(textOf(cell[role]) ?? '')
    phrases.set(row, own)
    for (const key of own.keys()) everywhere.set(key, (everywhere.get(key) ?? 0) + 1)
  }
  return groups.flatMap(group => {
    const rows = group.rows.filter(row => phrases.has(row))
    const counts = new Map<number, number>()
    for (const row of rows) for (const key of phrases.get(row)!.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
    const others = cells.size - rows.length
    const shared: { key: number; n: number; logChance: number }[] = []
    for (const [key, n] of counts) {
      if (n < 3) continue
      const rate = (everywhere.get(key)! - n + 1) / (others + 1)
      const logChance = logBinomialTail(n, rows.length, Math.min(1, rate)) + Math.log(counts.size)
      if (logChance < 0) shared.push({ key, n, logChance })
    }
    shared.sort((a, b) => a.logChance - b.logChance || a.key - b.key)
    if (shared.length === 0) return []
    const { key, n, logChance } = shared[0]!
    const keys = shared.slice(0, mostKeys).map(s => s.key)
    const having = rows.filter(row => phrases.get(row)!.has(key))
    const [start, end] = phrases.get(having[0]!)!.get(key)!
    const phrase = textOf(cells.get(having[0]!)![role])!.slice(start, end)
    return [{ group, phrase, keys, rows: having, share: n / rows.length, logChance, purity: purityOf(rows, cells) }]
  })
}

function purityOf(rows: readonly RowId[], cells: ReadonlyMap<RowId, Row>): number {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const label = labelOf(cells.get(row)?.label)
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const all = [...counts.values()]
  return all.length === 0 ? 0 : Math.max(...all) / all.reduce((a, b) => a + b, 0)
}
