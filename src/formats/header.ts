import type { RecordDefect } from '../core/index.ts'
import type { Guess } from './dialect.ts'

/** The column names of a delimited file and what is odd about them. */
export interface Header {
  readonly names: readonly string[]
  /** Records that the header takes: 0 or 1. */
  readonly skip: 0 | 1
  readonly defects: readonly RecordDefect[]
}

/** Reads the first row as a header when it looks like one; else names the columns `column1`, `column2`, … */
export function headerOf({ rows, width }: Guess, mostColumns: number): Header {
  const first = rows[0]
  if (!first) return { names: [], skip: 0, defects: [] }
  if (!isHeader(first, rows.slice(1))) {
    const names = Array.from({ length: Math.min(mostColumns, width || first.length) }, (_, i) => `column${i + 1}`)
    const message = 'The file has no header; the columns were named by their place.'
    return { names, skip: 0, defects: [{ record: 0, kind: 'no-header', line: 1, message, lost: false }] }
  }
  const names: string[] = []
  const defects: RecordDefect[] = []
  const taken = new Set<string>()
  first.slice(0, mostColumns).forEach((raw, i) => {
    const name = raw.trim() || `column${i + 1}`
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}.${n}`
    if (unique !== name) {
      const message = `Column ${i + 1} has the same name as another; it was called "${unique.slice(0, 60)}".`
      defects.push({ record: 0, kind: 'duplicate-column', line: 1, column: i + 1, message, lost: false })
    }
    taken.add(unique)
    names.push(unique)
  })
  if (first.length > mostColumns) {
    const message = `The file has ${first.length} columns; those beyond the limit of ${mostColumns} were not read.`
    defects.push({ record: 0, kind: 'too-many-columns', line: 1, message, lost: false })
  }
  return { names, skip: 1, defects }
}

/** A header names: short, wordy, not numbers, and no value that the column repeats below. */
function isHeader(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const names = first.map(field => field.trim())
  const filled = names.filter(name => name !== '')
  if (filled.length === 0) return false
  if (filled.some(name => name.length > 64 || name.split(/\s+/).length > 6 || isNumber(name))) return false
  if (filled.length < names.length - 1) return false
  return !names.some((name, i) => name !== '' && below.some(row => row[i]?.trim() === name))
}

const isNumber = (text: string): boolean => /^[-+]?[\d.,]+(e[-+]?\d+)?$/i.test(text)
