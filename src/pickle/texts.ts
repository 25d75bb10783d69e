const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 as Python reads it with "surrogatepass"; null when it is not UTF-8. */
export function utf8Text(data: Uint8Array): string | null {
  if (data.length < 40) {
    const ascii = asciiText(data)
    if (ascii !== null) return ascii
  }
  try {
    return strict.decode(data)
  } catch {
    return withSurrogates(data)
  }
}

function asciiText(data: Uint8Array): string | null {
  let text = ''
  for (const byte of data) {
    if (byte > 127) return null
    text += String.fromCharCode(byte)
  }
  return text
}

/** UTF-8 in which lone halves of pairs are written as three bytes each. */
function withSurrogates(data: Uint8Array): string | null {
  let text = ''
  let from = 0
  const plain = (to: number) => {
    try {
      text += strict.decode(data.subarray(from, to))
      return true
    } catch {
      return false
    }
  }
  for (let at = data.indexOf(0xed); at >= 0; at = data.indexOf(0xed, at + 1)) {
    const [second, third] = [data[at + 1] ?? 0, data[at + 2] ?? 0]
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue
    if (!plain(at)) return null
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f))
    from = at + 3
  }
  return from > 0 && plain(data.length) ? text : null
}

/** Bytes as the characters of the same number. */
export function latin1Text(data: Uint8Array): string {
  let text = ''
  if (data.length < 40) {
    for (let k = 0; k < data.length; k++) text += String.fromCharCode(data[k]!)
    return text
  }
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192))
  return text
}

/** Bytes of the characters of a text below 256; null when there are others. */
export function latin1Bytes(text: string): Uint8Array | null {
  const data = new Uint8Array(text.length)
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k)
    if (code > 255) return null
    data[k] = code
  }
  return data
}

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  b: '\b',
  f: '\f',
  t: '\t',
  n: '\n',
  r: '\r',
  v: '\v',
  a: '\x07',
}

/** Bytes as STRING writes them, between its quotes: the escapes of a Python bytes literal. Characters are bytes. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(x[\da-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 3 && code[0] === 'x') return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (code[0]! >= '0' && code[0]! <= '7') return String.fromCharCode(Number.parseInt(code, 8) & 255)
    return simple[code] ?? whole
  })
}

/** Text as UNICODE writes it: bytes are characters, only \u and \U are escapes. */
export function rawUnescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|[\s\S])/g, (whole, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** What stands between the quotes of a STRING line; null when nobody takes it for quoted. */
export function unquoted(line: string): string | null {
  const quote = line[0]
  if (quote !== "'" && quote !== '"') return null
  return line.endsWith(quote) ? line.slice(1, Math.max(1, line.length - 1)) : null
}
