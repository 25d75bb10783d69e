import { type Dialect, delimitedCutter, fieldsOf } from './delimited-cutter.ts'

/** A dialect and how well the first rows agree with it. */
export interface Guess extends Dialect {
  readonly rows: readonly (readonly string[])[]
  /** Share of the rows with as many fields as most rows have; 0 when that is one field. */
  readonly agreement: number
  readonly width: number
}

/** Rows looked at. */
const sampleRows = 500

/** The dialect that the first rows agree with best; more columns win a tie. */
export function dialectOf(head: string, delimiters: readonly string[], name: string): Guess {
  const newline = !head.includes('\n') && head.includes('\r') ? '\r' : '\n'
  const guesses = delimiters.flatMap(delimiter => {
    const quoted = guess(head, { delimiter, newline, quoting: true, trim: false })
    if (delimiter !== '\t') return [quoted]
    const bare = guess(head, { delimiter, newline, quoting: false, trim: false })
    return [usesQuotes(bare, quoted) ? quoted : bare]
  })
  guesses.sort((a, b) => b.agreement - a.agreement || b.width - a.width)
  const best = guesses[0] && guesses[0].agreement > 0 ? guesses[0] : undefined
  if (!best)
    return guess(head, { delimiter: /\.(tsv|tab)\b/i.test(name) ? '\t' : ',', newline, quoting: true, trim: false })
  return spaced(best.rows[0]!) || best.rows.filter(spaced).length * 2 > best.rows.length
    ? { ...best, trim: true, rows: best.rows.map(row => row.map(field => field.trim())) }
    : best
}

/** True when a row has a space on both sides of a delimiter. */
const spaced = (row: readonly string[]): boolean =>
  row.some((field, i) => i > 0 && /^ \S/.test(field) && /\S $/.test(row[i - 1]!))

/** Quotes are quotes in a tab-separated file when whole columns wear them, or when they hide a delimiter. */
function usesQuotes(bare: Guess, quoted: Guess): boolean {
  if (quoted.agreement < bare.agreement) return false
  if (quoted.agreement > bare.agreement) return true
  const worn = (column: number) => bare.rows.filter(row => /^"[\s\S]*"$/.test(row[column] ?? '')).length
  return Array.from({ length: bare.width }, (_, c) => worn(c)).some(n => n * 2 > bare.rows.length)
}

function guess(head: string, dialect: Dialect): Guess {
  const bytes = Buffer.from(head)
  const cutter = delimitedCutter(dialect)
  const rows: string[][] = []
  for (let at = 0; rows.length < sampleRows; ) {
    const next = cutter.next(bytes, at, false)
    if (next < 0) {
      // The head may end inside a record; a file that is one line has no other.
      if (rows.length === 0 && at < bytes.length) rows.push(fieldsOf(bytes.toString('utf8', at), dialect).fields)
      break
    }
    if (cutter.end > cutter.start) rows.push(fieldsOf(bytes.toString('utf8', cutter.start, cutter.end), dialect).fields)
    at = next
  }
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0]
  return { ...dialect, rows, width, agreement: width > 1 ? count / rows.length : 0 }
}
