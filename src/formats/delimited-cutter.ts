import type { Cutter } from './cutter.ts'
import { newlinesIn } from './window.ts'

/** How a file separates its values. */
export interface Dialect {
  readonly delimiter: string
  readonly newline: '\n' | '\r'
  /** False when quotes are ordinary characters, as in many tab-separated files. */
  readonly quoting: boolean
  /** True when the file puts spaces around its delimiter. */
  readonly trim: boolean
}

const quote = 34
const CR = 13

/** Rows whose quote never closes before quotes are read as text: each costs a look at all the bytes that follow. */
const mostUnclosed = 16

/**
 * Cuts delimiter-separated records as Python's `csv` and pandas do: a quote opens a field only at its start, a doubled
 * quote is one quote, and what follows a closing quote is text. A quote that never closes costs its own line alone.
 */
export function delimitedCutter(dialect: Dialect): Cutter {
  const newline = dialect.newline.charCodeAt(0)
  const delimiter = dialect.delimiter.charCodeAt(0)
  let quoting = dialect.quoting
  let unclosed = 0
  let seen: Buffer | undefined
  let nextQuote = -1

  function quoteFrom(bytes: Buffer, from: number): number {
    if (seen !== bytes || (nextQuote >= 0 && nextQuote < from)) nextQuote = bytes.indexOf(quote, from)
    seen = bytes
    return nextQuote
  }

  /** Place of the newline that ends the record, -1 when there is none, -2 when a quote is still open. */
  function endOf(bytes: Buffer, from: number): number {
    for (let i = from; ; ) {
      if (bytes[i] === quote) {
        i = bytes.indexOf(quote, i + 1)
        while (i >= 0 && bytes[i + 1] === quote) i = bytes.indexOf(quote, i + 2)
        if (i < 0) return -2
        i++
      }
      while (i < bytes.length && bytes[i] !== delimiter && bytes[i] !== newline) i++
      if (i >= bytes.length) return -1
      if (bytes[i] === newline) return i
      i++
    }
  }

  return {
    start: 0,
    end: 0,
    lines: 1,
    leading: 0,
    fault: undefined,
    next(bytes, from, final) {
      this.fault = undefined
      if (from >= bytes.length) return -1
      const line = bytes.indexOf(newline, from)
      const quoted = quoting ? quoteFrom(bytes, from) : -1
      let stop = line
      if (quoted >= 0 && (line < 0 || quoted < line)) stop = endOf(bytes, from)
      if (stop < 0 && !final) return -1
      if (stop === -2) {
        if (++unclosed >= mostUnclosed) quoting = false
        this.fault = { kind: 'unclosed-quote', message: 'A quote opens here and never closes; the line was set aside.' }
        stop = line
      }
      const next = stop < 0 ? bytes.length : stop + 1
      let end = stop < 0 ? bytes.length : stop
      this.lines = stop === line ? (stop < 0 ? 0 : 1) : newlinesIn(bytes, from, next)
      while (end > from && bytes[end - 1] === CR) end--
      this.start = from
      this.end = end
      return next
    },
    skip(bytes, start) {
      if (start && quoting && ++unclosed >= mostUnclosed) quoting = false
      return bytes.indexOf(newline) + 1 || -1
    },
  }
}

export interface Fields {
  readonly fields: string[]
  /** One-based column of the first quote that should have been doubled; 0 when there is none. */
  readonly strayQuote: number
}

/** Splits one record into its fields. */
export function fieldsOf(record: string, { delimiter, quoting, trim }: Dialect): Fields {
  if (!quoting || !record.includes('"')) {
    const fields = record.split(delimiter)
    return { fields: trim ? fields.map(field => field.trim()) : fields, strayQuote: 0 }
  }
  const fields: string[] = []
  let strayQuote = 0
  for (let i = 0; ; ) {
    let value = ''
    if (record[i] === '"') {
      const from = i + 1
      i = record.indexOf('"', from)
      while (i >= 0 && record[i + 1] === '"') i = record.indexOf('"', i + 2)
      if (i < 0) i = record.length
      value = record.slice(from, i++).replaceAll('""', '"')
    }
    const next = record.indexOf(delimiter, i)
    const end = next < 0 ? record.length : next
    const rest = record.slice(i, end)
    if (value !== '' && rest !== '' && !strayQuote) strayQuote = i
    fields.push(trim ? (value + rest).trim() : value + rest)
    if (next < 0) return { fields, strayQuote }
    i = next + 1
  }
}
