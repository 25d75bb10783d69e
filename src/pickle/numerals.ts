/** Who reads a line as a number: everyone, somebody, nobody. */
export type Readable = 'all' | 'some' | 'none'

/** What every reader of CPython takes, and what real picklers write. */
const plain: Readonly<Record<string, RegExp>> = {
  INT: /^(-?[1-9]\d{0,999}|0|00|01)$/,
  LONG: /^(-?[1-9]\d{0,999}|0)L$/,
  FLOAT: /^-?(\d{1,999}(\.\d{0,999})?([eE][-+]?\d{1,4})?|inf|nan)$/,
  PUT: /^\d{1,15}$/,
  GET: /^\d{1,15}$/,
}

const space = '[ \\t\\n\\r\\v\\f]*'
const based = '(0[xX](_?[\\da-fA-F])+|0[oO](_?[0-7])+|0[bB](_?[01])+|[1-9](_?\\d)*|0(_?0)*)'
const decimal = '\\d(_?\\d)*'
const real =
  '((\\d(_?\\d)*\\.?(\\d(_?\\d)*)?|\\.\\d(_?\\d)*)([eE][-+]?\\d(_?\\d)*)?|[iI][nN][fF]([iI][nN][iI][tT][yY])?|[nN][aA][nN])'
const line = (body: string) => new RegExp(`^${space}[-+]?${body}${space}$`)

/** What at least one reader takes: C strtol (with octals) and Python's int with base 0, its int with base 10, its float. */
const lenient: Readonly<Record<string, RegExp>> = {
  INT: line(`(${based}|0[0-7]+|${decimal})`),
  LONG: new RegExp(`${line(`(${based}|${decimal})`).source.slice(0, -1)}L?$`),
  FLOAT: line(real),
  PUT: line(decimal),
  GET: line(decimal),
}

/** Longest line that is looked at: a number with more digits is one that Python refuses by default. */
const longest = 4400

/** The number of a few plain digits; -1 for anything else. */
export function digitsOf(data: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1
  let value = 0
  for (let k = from; k < to; k++) {
    const digit = data[k]! - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Whether a line is a number that every reader takes and real picklers write, seen at once. */
export function isPlain(data: Uint8Array, from: number, to: number, suffix: number): boolean {
  const start = data[from] === 45 ? from + 1 : from
  const end = suffix > 0 && data[to - 1] === suffix ? to - 1 : to
  if (suffix > 0 && end === to) return false
  return digitsOf(data, start, end) >= 0 && (data[start] !== 48 || end - start === 1)
}

/** Says who takes the text of a line for the number that an opcode wants. */
export function readability(opcode: string, text: string): Readable {
  if (plain[opcode]!.test(text)) return 'all'
  if (text.length > longest) return /^[-+]?\d+L?$/.test(text) ? 'some' : 'none'
  if (lenient[opcode]!.test(text)) return 'some'
  // C reads to the first NUL and no further.
  const shown = text.split('\0', 1)[0]!
  if (opcode === 'INT' && text[0] === '\0') return 'some'
  return shown.length < text.length && lenient[opcode]!.test(shown) ? 'some' : 'none'
}

/** The number of a line that somebody takes, by the first of the readers that does. */
export function integerOf(text: string): number | bigint | null {
  const [, sign, digits] = /^\s*([-+]?)([\da-zA-Z_]+?)\s*L?\s*(\0.*)?$/s.exec(text) ?? []
  if (digits === undefined || digits.length > longest) return null
  const bare = digits.replaceAll('_', '')
  const radix = /^0[0-7]+$/.test(bare) ? `0o${bare.slice(1)}` : bare
  if (!/^(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.test(radix)) return null
  const value = BigInt(radix) * (sign === '-' ? -1n : 1n)
  return small(value)
}

/** The index that PUT or GET names: decimal always. */
export function indexOf(text: string): number | bigint | null {
  const [, sign, digits] = /^\s*([-+]?)(\d(?:_?\d)*)\s*(?:\0.*)?$/s.exec(text) ?? []
  if (digits === undefined || digits.length > longest) return null
  const value = BigInt(digits.replaceAll('_', ''))
  return sign === '-' && value > 0n ? null : small(value)
}

/** The number of a FLOAT line. */
export function realOf(text: string): number {
  const bare = text.trim().replaceAll('_', '')
  if (/^[-+]?inf/i.test(bare)) return bare.startsWith('-') ? -Infinity : Infinity
  return Number.parseFloat(bare)
}

const small = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
