import { type RowId, tokenise } from '../../core/index.ts'
import type { Texts } from './openings.ts'

/** A later first mark than this is as late as any. */
const latestMark = 12
const symbol = /^[^\p{L}\p{M}\p{N}_]/u

/** The first word, and the first word with the place of the first punctuation mark. */
function formsOf(text: string, start: Int32Array, end: Int32Array, from: number, to: number): string[] {
  if (from === to) return []
  const first = text.slice(start[from]!, end[from]!).slice(0, 100).toLowerCase()
  let mark = from
  while (mark < to && mark - from < latestMark && !symbol.test(text.slice(start[mark]!, end[mark]!))) mark++
  return [first, `${first} ${mark - from}`]
}

/**
 * Rows with a label, those first whose form goes most with it: the sum of ln P(form | label) − ln P(form | other
 * labels), each row left out of its own counts.
 */
export function rankedByForm({ rows, texts, classes }: Texts, label: number): RowId[] {
  const { offsets, start, end } = tokenise(texts)
  const forms = texts.map((text, i) => formsOf(text ?? '', start, end, offsets[i]!, offsets[i + 1]!))
  const counts = new Map<string, [number, number]>()
  const totals: [number, number] = [0, 0]
  forms.forEach((own, i) => {
    if (classes[i]! < 0) return
    const side = classes[i] === label ? 0 : 1
    totals[side]++
    for (const form of own) {
      const count = counts.get(form)
      if (count) count[side]++
      else counts.set(form, side === 0 ? [1, 0] : [0, 1])
    }
  })
  const scored = forms.flatMap((own, i) => {
    if (classes[i] !== label) return []
    const score = own.reduce((sum, form) => {
      const [agreeing, other] = counts.get(form)!
      return sum + Math.log(agreeing / (totals[0] + 1)) - Math.log((other + 1) / (totals[1] + 2))
    }, 0)
    return [{ row: rows[i]!, score }]
  })
  return scored.sort((a, b) => b.score - a.score || a.row - b.row).map(s => s.row)
}
