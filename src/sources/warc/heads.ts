/** What stands in front of the block of a record. */
export interface Head {
  readonly version: string
  readonly type: string
  readonly uri: string | null
  readonly date: string | null
  readonly contentType: string | null
  /** Bytes of the block; null when the record does not say. */
  readonly length: number | null
  /** Fields by their names in lower case; the first of each. */
  readonly fields: ReadonlyMap<string, string>
  /** Bytes that the head takes. */
  readonly bytes: number
  readonly oddities: readonly { readonly kind: string; readonly message: string }[]
}

/** Longest head that is believed. */
export const mostHeadBytes = 64 << 10
const mostFields = 1000

/** Splits lines `Name: value`; a line that begins with white space goes on the one before. */
export function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of lines.slice(0, mostFields)) {
    if (/^[ \t]/.test(line) && fields.has(last)) {
      fields.set(last, `${fields.get(last)} ${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) continue
    last = line.slice(0, colon).trim().toLowerCase()
    if (!fields.has(last)) fields.set(last, line.slice(colon + 1).trim())
  }
  return fields
}

/** Reads the head of a WARC record that `bytes` begin with; null when its end is not there. */
export function warcHead(bytes: Buffer): Head | null {
  const end = headEnd(bytes)
  if (end < 0) return null
  const [first = '', ...lines] = bytes.toString('utf8', 0, end).trimEnd().split(/\r?\n/)
  const fields = fieldsOf(lines)
  const length = fields.get('content-length') ?? ''
  const uri = fields.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1') ?? null
  const date = fields.get('warc-date')
  return {
    version: first.slice(5, 9).trim(),
    type: (fields.get('warc-type') ?? '').toLowerCase(),
    uri,
    date: date === undefined ? null : isoOf(date),
    contentType: fields.get('content-type') ?? null,
    length: /^\d{1,15}$/.test(length) ? Number(length) : null,
    fields,
    bytes: end,
    oddities: odditiesOf(uri),
  }
}

/** Place behind the empty line that ends a head; -1 when there is none. */
export function headEnd(bytes: Buffer): number {
  const crlf = bytes.indexOf('\r\n\r\n')
  const lf = bytes.indexOf('\n\n')
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return crlf + 4
  return lf < 0 ? -1 : lf + 2
}

const arcLine = /^([a-z][a-z\d+.-]*:\S.*?) (\S+) (\d{8,18}) (\S+)(?: (\S+) (\S+) (\S+) (\S+) (\S+))? (\S+)$/i
/** Longest line in front of an ARC record. */
export const mostLineBytes = 8 << 10

/** Reads the line in front of an ARC record; null when the bytes do not begin with one. */
export function arcHead(bytes: Buffer): Head | null {
  const end = bytes.subarray(0, mostLineBytes).indexOf(10)
  if (end < 0) return null
  const line = bytes.toString('utf8', 0, end).trimEnd()
  const found = arcLine.exec(line)
  if (!found) return null
  const [, uri = '', address = '', date = '', mime = '', status = '', checksum = '', , , , length = ''] = found
  const fields = new Map([['ip-address', address]])
  if (status !== '') fields.set('status', status).set('checksum', checksum)
  return {
    version: status === '' ? '1' : '2',
    type: uri.startsWith('filedesc:') ? 'filedesc' : 'response',
    uri,
    date: isoOf(date),
    contentType: mime,
    length: /^\d{1,15}$/.test(length) ? Number(length) : null,
    fields,
    bytes: end + 1,
    oddities: odditiesOf(uri),
  }
}

const odditiesOf = (uri: string | null) =>
  uri !== null && /\s/.test(uri)
    ? [{ kind: 'bad-uri', message: 'The address holds white space, which must be written %20; it was kept.' }]
    : []

/** A date of 14 digits or ISO 8601, as ISO 8601 in UTC; as it stands when it is neither. */
export function isoOf(text: string): string {
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?\d*$/.exec(text.trim())
  if (!found) return text.trim().slice(0, 64)
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}
