/** One value of DER (ITU-T X.690): its tag and content, and where it stands in what was read. */
export interface Der {
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly whole: Buffer
}

/** Tags that certificates use. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  sequence: 0x30,
  version: 0xa0,
  extensions: 0xa3,
} as const

/** Bytes are no DER. */
export class DerError extends Error {}

/** Reads one value that must fill `bytes`. Nothing is read ahead or nested: the caller goes as deep as it needs. */
export function readOne(bytes: Buffer, tag?: number): Der {
  const { value, rest } = readNext(bytes)
  if (rest.length > 0) throw new DerError('bytes after the end')
  if (tag !== undefined && value.tag !== tag) throw new DerError(`tag ${value.tag} where ${tag} must stand`)
  return value
}

/** The values inside a constructed one, at most `most`. */
export function readAll(bytes: Buffer, most = 64): Der[] {
  const values: Der[] = []
  for (let left = bytes; left.length > 0; ) {
    if (values.length === most) throw new DerError(`more than ${most} values`)
    const { value, rest } = readNext(left)
    values.push(value)
    left = rest
  }
  return values
}

function readNext(bytes: Buffer): { value: Der; rest: Buffer } {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined) throw new DerError('cut short')
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag of several bytes')
  const { length, header } = first < 0x80 ? { length: first, header: 2 } : longLength(bytes, first)
  const end = header + length
  if (end > bytes.length) throw new DerError('cut short')
  return {
    value: { tag, content: bytes.subarray(header, end), whole: bytes.subarray(0, end) },
    rest: bytes.subarray(end),
  }
}

function longLength(bytes: Buffer, first: number): { length: number; header: number } {
  const count = first & 0x7f
  if (count === 0 || count > 4 || bytes.length < 2 + count) throw new DerError('a length that DER does not allow')
  const length = bytes.readUIntBE(2, count)
  // X.690 10.1: the shortest form, so that a certificate has one encoding.
  if (length < 0x80 || bytes[2] === 0) throw new DerError('a length that is not the shortest')
  return { length, header: 2 + count }
}

/** Dotted text of an object identifier. */
export function oidText({ tag, content }: Der): string {
  if (tag !== tags.oid || content.length === 0 || content.length > 32) throw new DerError('no object identifier')
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER) throw new DerError('an object identifier too large')
    if (byte & 0x80) continue
    numbers.push(value)
    value = 0
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...rest].join('.')
}

/** True when bit `n` of a bit string is set, counted from the first. */
export function hasBit({ tag, content }: Der, n: number): boolean {
  if (tag !== tags.bits || content.length === 0) throw new DerError('no bit string')
  return ((content[1 + (n >> 3)] ?? 0) & (0x80 >> (n & 7))) !== 0
}
