import type { Cell } from '../../core/index.ts'
import { isoOf } from '../../sources/index.ts'

/** Columns of an index of captures. */
export const columns = 'urlkey time url status mime digest bytes filename offset'.split(' ')

/** What is on one line of an index; null when the line is none of it. */
export type Reading = (line: string) => Record<string, Cell> | null

/** Letters of a ` CDX` header, as far as they are columns here. */
const letters: Readonly<Record<string, string>> = {
  N: 'urlkey',
  A: 'urlkey',
  b: 'time',
  a: 'url',
  s: 'status',
  m: 'mime',
  k: 'digest',
  S: 'bytes',
  V: 'offset',
  v: 'offset',
  g: 'filename',
}
/** The usual fields of lines without a header, by their number (CDX 9, CDX 11, and the lines of a CDX server). */
const usual: Readonly<Record<number, string>> = { 11: 'NbamskrMSVg', 9: 'NbamskrVg', 10: 'NbamskrMVg', 7: 'NbamskS' }

/** How to read the lines of an index, told by its first lines. */
export function readingOf(lines: readonly string[]): Reading {
  const header = lines.find(line => /^ ?CDX [A-Za-z]( [A-Za-z])*$/.test(line))
  if (header) return classic(header.trim().split(' ').slice(1).join(''))
  const first = lines.find(line => !isHeader(line))
  return first === undefined || cdxj(first) ? cdxj : (line: string) => byCount(line)
}

/** Lines that say how the others are to be read. */
export const isHeader = (line: string): boolean => line.startsWith('!') || /^ ?CDX [A-Za-z]( [A-Za-z])*$/.test(line)

function byCount(line: string): ReturnType<Reading> {
  const fields = usual[line.split(' ').length]
  return fields === undefined ? null : classic(fields)(line)
}

/** `com,example)/ 20140103030321 {"url": …}` */
function cdxj(line: string): ReturnType<Reading> {
  const found = /^(\S+) (\d{4,17}) (\{.*)$/s.exec(line)
  const said = found ? parsed(found[3]!) : null
  if (!found || !said) return null
  const text = (...names: string[]) => {
    const value = names.map(name => said[name]).find(each => each !== undefined && each !== null)
    return value === undefined || typeof value === 'object' ? null : String(value)
  }
  return {
    urlkey: found[1]!,
    time: isoOf(found[2]!),
    url: text('url', 'uri', 'original'),
    status: numberOf(text('status', 'statuscode')),
    mime: text('mime', 'mimetype', 'mime-detected'),
    digest: text('digest', 'sha'),
    bytes: numberOf(text('length')),
    filename: text('filename'),
    offset: numberOf(text('offset')),
  }
}

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const classic =
  (fields: string): Reading =>
  line => {
    const values = line.split(' ')
    if (values.length !== fields.length) return null
    const row: Record<string, Cell> = {}
    for (const [k, letter] of [...fields].entries()) {
      const name = letters[letter]
      const value = values[k]!
      if (!name || value === '-' || value === '') continue
      if (name === 'time') row[name] = isoOf(value)
      else row[name] = name === 'status' || name === 'bytes' || name === 'offset' ? numberOf(value) : value
    }
    return /^\d{4}-/.test(String(row.time)) ? row : null
  }

const numberOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
