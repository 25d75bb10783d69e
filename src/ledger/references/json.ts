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
  const reader = readerOf(text)
  while (reader.more()) if (!reader.step()) return { groups: [...reader.groups, ...reader.open], whole: false }
  return { groups: [...reader.groups, ...reader.open], whole: reader.open.length === 0 }
}

/** Walks through the tokens of a text; a step is false where it cannot go on. */
function readerOf(text: string) {
  const groups: Group[] = []
  const open: Open[] = []
  let at = 0
  let line = 1
  let leaves = 0
  const space = /[\s,]*/y
  const word = /[^\s,:[\]{}"]+/y
  const skip = () => {
    space.lastIndex = at
    const passed = space.exec(text)![0]
    for (let k = passed.indexOf('\n'); k >= 0; k = passed.indexOf('\n', k + 1)) line++
    at += passed.length
  }
  const keyOf = (top: Open): string => (top.isList ? String(top.next++) : top.key)
  const put = (value: string, from: number) => {
    const top = open.at(-1)
    if (!top) return
    const key = keyOf(top)
    // A repeated key: readers disagree which one counts, so both are kept.
    top.leaves.set(top.leaves.has(key) ? `${key} ${leaves}` : key, { value, line: from })
    leaves++
  }
  const string = (): boolean => {
    const end = closing(text, at)
    if (end < 0) return false
    const value = unquoted(text.slice(at, end))
    const from = line
    at = end
    skip()
    const top = open.at(-1)
    if (text[at] !== ':' || !top || top.isList) put(value, from)
    else {
      top.key = value
      at++
    }
    return true
  }
  const bracket = (c: string): boolean => {
    const top = open.at(-1)
    at++
    if (c === '{' || c === '[') {
      const path = top ? [...top.path, keyOf(top)] : []
      return open.push({ path, leaves: new Map(), isList: c === '[', key: '', next: 0 }) > 0
    }
    if (top) groups.push(open.pop()!)
    return top !== undefined
  }
  return {
    groups,
    open,
    more(): boolean {
      skip()
      return at < text.length
    },
    step(): boolean {
      if (leaves > mostLeaves || open.length > mostDepth) return false
      const c = text[at]!
      if (c === '"') return string()
      if ('{}[]'.includes(c)) return bracket(c)
      word.lastIndex = at
      const found = word.exec(text)?.[0]
      if (found !== undefined) put(found, line)
      at += found?.length ?? 1
      return true
    },
  }
}

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
