/** Deeper JSON than this is no bundle and no statement: both need eight levels. */
const deepest = 24

/**
 * Parses JSON in which no object has a key twice and nothing is nested deeply: readers that take the first and readers
 * that take the last of two equal keys would see two documents under one signature. Throws SyntaxError.
 */
export function strictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  refuseTwins(text)
  return value
}

/** Walks text that is known to be JSON, and compares the keys of each object. */
function refuseTwins(text: string): void {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null)
      if (open.length > deepest) throw new SyntaxError(`JSON nested deeper than ${deepest} levels`)
    } else if (c === '}' || c === ']') open.pop()
    else if (c === '"') {
      const end = endOfString(text, i)
      const keys = open.at(-1)
      if (keys && isKey(text, end)) addKey(keys, String(JSON.parse(text.slice(i, end))))
      i = end - 1
    }
  }
}

function addKey(keys: Set<string>, key: string): void {
  if (keys.has(key)) throw new SyntaxError(`the key ${JSON.stringify(key)} stands twice in one object`)
  keys.add(key)
}

/** The index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text[quote - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return quote + 1
  }
}

function isKey(text: string, end: number): boolean {
  let i = end
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\t' || text[i] === '\r') i++
  return text[i] === ':'
}

/** The bytes of canonical base64; null when the text is not exactly what encoding its bytes gives. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
