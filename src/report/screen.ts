const codes = {
  bold: [1, 22],
  dim: [2, 22],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const
type Style = keyof typeof codes

/** Text with a style; its text holds no control characters. */
export interface Run {
  readonly text: string
  readonly style?: readonly Style[]
}

/** Dresses a text in ANSI styles, or leaves it bare. */
export type Paint = (text: string, style?: readonly Style[]) => string

/** A painter that uses ANSI codes only when `colour` is true. */
export const painter =
  (colour: boolean): Paint =>
  (text, style = []) => {
    if (!colour || text === '') return text
    return style.reduceRight((inner, name) => `\u001b[${codes[name][0]}m${inner}\u001b[${codes[name][1]}m`, text)
  }

const wide = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u
const none = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/u

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += none.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

interface Piece extends Run {
  readonly width: number
  readonly space: boolean
}

/** Words and the gaps between them; a word longer than a line is cut. Scripts without spaces break anywhere. */
function piecesOf(runs: readonly Run[], most: number): Piece[] {
  return runs.flatMap(({ text, style = [] }) =>
    (text.match(/ +|[^ ]+/gu) ?? []).flatMap(part =>
      chunks(part, most).map(chunk => ({ text: chunk, style, width: widthOf(chunk), space: chunk[0] === ' ' })),
    ),
  )
}

function chunks(text: string, most: number): string[] {
  if (text.length * 2 <= most) return [text]
  const parts: string[] = []
  let part = ''
  let width = 0
  for (const character of text) {
    const w = widthOf(character)
    const breaks = width + w > most || (wide.test(character) && wide.test(part.at(-1) ?? ''))
    if (breaks && part !== '') {
      parts.push(part)
      part = ''
      width = 0
    }
    part += character
    width += w
  }
  return [...parts, part]
}

/** Lines of at most `width` columns, each behind an indent; the lines after the first behind `hanging`. */
export function wrap(runs: readonly Run[], width: number, indent: string, paint: Paint, hanging = indent): string[] {
  const most = Math.max(8, width - Math.max(indent.length, hanging.length))
  const lines: Run[][] = [[]]
  let used = 0
  let gap: Piece | null = null
  for (const piece of piecesOf(runs, most)) {
    if (piece.space) {
      if (used > 0) gap = piece
      continue
    }
    const before = gap && used + gap.width + piece.width <= most ? gap : null
    if (!before && used > 0 && (gap || used + piece.width > most)) {
      lines.push([])
      used = 0
    }
    lines.at(-1)!.push(...(before ? [before] : []), piece)
    used += (before?.width ?? 0) + piece.width
    gap = null
  }
  return lines.map((line, i) => (i === 0 ? indent : hanging) + painted(line, paint))
}

/** Neighbours of one style share one pair of codes. */
function painted(line: readonly Run[], paint: Paint): string {
  let text = ''
  let run: Run = { text: '' }
  for (const next of line) {
    const same = (next.style ?? []).join() === (run.style ?? []).join()
    if (!same) text += paint(run.text, run.style)
    run = same ? { ...next, text: run.text + next.text } : next
  }
  return text + paint(run.text, run.style)
}

/** A name in a column of its own, the rest wrapped beside it. */
export function column(
  name: string,
  columns: number,
  runs: readonly Run[],
  width: number,
  indent: string,
  paint: Paint,
): string[] {
  const beside = indent + ' '.repeat(columns)
  const lines = wrap(runs, width, beside, paint)
  const label = indent + paint(name, ['dim']) + ' '.repeat(Math.max(1, columns - widthOf(name)))
  return [label + lines[0]!.slice(beside.length), ...lines.slice(1)]
}

/** A heading with a rule to the edge. */
export const bar = (title: string, width: number, paint: Paint): string =>
  `${paint(title, ['bold'])} ${paint('─'.repeat(Math.max(0, width - widthOf(title) - 1)), ['dim'])}`
