/** What a NumPy header may say: a Python literal. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal }

/** Literals in literals; a structured type needs few. */
const deepest = 32

/** Reads the Python literal that a NumPy header is, and nothing else of Python. Null when it is none. */
export function literalOf(text: string): Literal | null {
  const reader = new Reader(text)
  try {
    const value = reader.value(0)
    return reader.ended() ? value : null
  } catch (reason) {
    if (reason instanceof SyntaxError) return null
    throw reason
  }
}

class Reader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  ended(): boolean {
    this.space()
    return this.at === this.text.length
  }

  value(depth: number): Literal {
    if (depth > deepest) throw new SyntaxError('too deep')
    this.space()
    const first = this.text[this.at] ?? ''
    if (first === '{') return this.dict(depth)
    if (first === '(' || first === '[') return this.list(first === '(' ? ')' : ']', depth)
    if (first === "'" || first === '"') return this.string(first)
    return this.word()
  }

  private dict(depth: number): Literal {
    this.at++
    const entries: [string, Literal][] = []
    while (!this.take('}')) {
      const key = this.value(depth + 1)
      if (typeof key !== 'string') throw new SyntaxError('a key that is no text')
      if (!this.take(':')) throw new SyntaxError('a key without a value')
      entries.push([key, this.value(depth + 1)])
      if (!this.take(',') && this.peek() !== '}') throw new SyntaxError('an open dict')
    }
    if (new Set(entries.map(([key]) => key)).size < entries.length) throw new SyntaxError('a key twice')
    return Object.fromEntries(entries)
  }

  private list(end: string, depth: number): Literal {
    this.at++
    const items: Literal[] = []
    while (!this.take(end)) {
      items.push(this.value(depth + 1))
      if (!this.take(',') && this.peek() !== end) throw new SyntaxError('an open list')
    }
    return items
  }

  private string(quote: string): string {
    const end = this.text.indexOf(quote, this.at + 1)
    const found = this.text.slice(this.at + 1, end)
    if (end < 0 || found.includes('\\')) throw new SyntaxError('a text that is escaped or open')
    this.at = end + 1
    return found
  }

  private word(): Literal {
    const found = /^(True|False|None|-?\d{1,15}L?)/.exec(this.text.slice(this.at, this.at + 20))?.[0]
    if (found === undefined) throw new SyntaxError('no literal')
    this.at += found.length
    if (found === 'None') return null
    return found === 'True' || found === 'False' ? found === 'True' : Number.parseInt(found, 10)
  }

  private take(mark: string): boolean {
    if (this.peek() !== mark) return false
    this.at++
    return true
  }

  private peek(): string {
    this.space()
    return this.text[this.at] ?? ''
  }

  private space(): void {
    while (' \n\t\r'.includes(this.text[this.at] ?? '-')) this.at++
  }
}
