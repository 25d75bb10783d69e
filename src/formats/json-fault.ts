/** What is wrong in text that is not JSON, without quoting it: V8's own message repeats the input. */
export interface JsonFault {
  /** Zero-based, in UTF-16 units. */
  readonly offset: number
  readonly message: string
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const literal = /true|false|null/y
const space = /[ \t\n\r]*/y

/** Finds the first place where `text` stops being one JSON value. Iterative: depth cannot exhaust the stack. */
export function jsonFault(text: string): JsonFault {
  const open: ('{' | '[')[] = []
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const fail = (message: string): JsonFault =>
    at >= text.length ? { offset: at, message: 'The JSON ends too early.' } : { offset: at, message }
  let expect: 'value' | 'key' | 'next' | 'value-or-end' | 'key-or-end' = 'value'
  for (;;) {
    skip(space)
    const c = text[at]
    if (expect === 'next') {
      if (open.length === 0)
        return at < text.length
          ? fail('There is more after the end of the JSON value.')
          : { offset: at, message: 'The JSON cannot be read.' }
      const inside = open.at(-1)
      if (c === ',') expect = inside === '{' ? 'key' : 'value'
      else if (c === (inside === '{' ? '}' : ']')) open.pop()
      else return fail(`A comma or "${inside === '{' ? '}' : ']'}" is missing here.`)
      at++
    } else if ((expect === 'key-or-end' && c === '}') || (expect === 'value-or-end' && c === ']')) {
      open.pop()
      at++
      expect = 'next'
    } else if (expect === 'key' || expect === 'key-or-end') {
      if (c !== '"') return fail('A key in double quotes is missing here.')
      if (!skip(string)) return fail('This string is not closed or holds a character that must be escaped.')
      skip(space)
      if (text[at] !== ':') return fail('A colon is missing here.')
      at++
      expect = 'value'
    } else if (c === '{' || c === '[') {
      open.push(c)
      at++
      expect = c === '{' ? 'key-or-end' : 'value-or-end'
    } else if (c === '"' ? skip(string) : skip(number) || skip(literal)) expect = 'next'
    else
      return fail(
        c === '"' ? 'This string is not closed or holds a character that must be escaped.' : 'A value is missing here.',
      )
  }
}
