import { type Group, type Groups, type Leaf, mostDepth, mostLeaves } from './reference.ts'

interface Open {
  readonly path: readonly string[]
  readonly leaves: Map<string, Leaf>
  readonly isList: boolean
  key: string
  next: number
}

/** The maps and lists of a JSON text with the line of every scalar, also of repeated keys. */
export function jsonGroups(text: string): Groups {
  const reader = new Reader(text)
  while (reader.more()) if (!reader.step()) return { groups: [...reader.groups, ...reader.open], whole: false }
  return { groups: [...reader.groups, ...reader.open], whole: reader.open.length === 0 }
}

const space = /[\s,]*/y
const word = /[^\s,:[\]{}"]+/y

/** Walks through the tokens of a text, however broken it is. */
class Reader {
  readonly groups: Group[] = []
  readonly open: Open[] = []
  readonly #text: string
  #at = 0
  #line = 1
  #leaves = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Skips to the next token; false at the end. */
  more(): boolean {
    space.lastIndex = this.#at
    const passed = space.exec(this.#text)![0]
    for (let k = passed.indexOf('\n'); k >= 0; k = passed.indexOf('\n', k + 1)) this.#line++
    this.#at += passed.length
    return this.#at < this.#text.length
  }

  /** Takes one token; false where it cannot go on. */
  step(): boolean {
    if (this.#leaves > mostLeaves || this.open.length > mostDepth) return false
    const c = this.#text[this.#at]!
    if (c === '"') return this.#string()
    if ('{}[]'.includes(c)) return this.#bracket(c)
    word.lastIndex = this.#at
    const found = word.exec(this.#text)?.[0]
    if (found !== undefined) this.#put(found, this.#line)
    this.#at += found?.length ?? 1
    return true
  }

  #put(value: string, line: number): void {
    const top = this.open.at(-1)
    if (!top) return
    const key = keyOf(top)
    // A repeated key: readers disagree which one counts, so both are kept.
    top.leaves.set(top.leaves.has(key) ? `${key} ${this.#leaves}` : key, { value, line })
    this.#leaves++
  }

  #string(): boolean {
    const end = closing(this.#text, this.#at)
    if (end < 0) return false
    const value = unquoted(this.#text.slice(this.#at, end))
    const line = this.#line
    this.#at = end
    this.more()
    const top = this.open.at(-1)
    if (this.#text[this.#at] !== ':' || !top || top.isList) this.#put(value, line)
    else {
      top.key = value
      this.#at++
    }
    return true
  }

  #bracket(c: string): boolean {
    const top = this.open.at(-1)
    this.#at++
    if (c === '{' || c === '[') {
      const path = top ? [...top.path, keyOf(top)] : []
      this.open.push({ path, leaves: new Map(), isList: c === '[', key: '', next: 0 })
      return true
    }
    if (top) this.groups.push(this.open.pop()!)
    return top !== undefined
  }
}

const keyOf = (top: Open): string => (top.isList ? String(top.next++) : top.key)

/** The place behind the quote that ends a string. */
function closing(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return -1
}

function unquoted(raw: string): string {
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw.slice(1, -1)
  }
}
