const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}
/** Names of characters that payloads are spelled with; others are seldom written. */
const names: Readonly<Record<string, string>> = {
  'LOW LINE': '_',
  'FULL STOP': '.',
  'LEFT SQUARE BRACKET': '[',
  'RIGHT SQUARE BRACKET': ']',
  'LEFT CURLY BRACKET': '{',
  'RIGHT CURLY BRACKET': '}',
}
const escaped = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{([^}]*)\}|([\s\S]))/g

/** A string of Jinja as Python decodes it: octal, hexadecimal and named escapes too. */
export function decoded(written: string): string {
  if (!written.includes('\\')) return written
  return written.replace(escaped, (whole, x, u, wide, octal, name, other) => {
    const hex = x ?? u ?? wide
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return fromCode(Number.parseInt(octal, 8))
    if (name !== undefined) return namedCharacter(name)
    return simple[other] ?? whole
  })
}

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

function namedCharacter(name: string): string {
  const upper = name.toUpperCase()
  const letter = /^LATIN (SMALL|CAPITAL) LETTER ([A-Z])$/.exec(upper)
  if (letter) return letter[1] === 'SMALL' ? letter[2]!.toLowerCase() : letter[2]!
  return names[upper] ?? '\ufffd'
}
