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
  for (skip(); at < text.length; skip()) {
    if (leaves > mostLeaves || open.length > mostDepth) return { groups: [...groups, ...open], whole: false }
    const c = text[at]!
    const top = open.at(-1)
    if (c === '{' || c === '[') {
      const path = top ? [...top.path, keyOf(top)] : []
      open.push({ path, leaves: new Map(), isList: c === '[', key: '', next: 0 })
      at++
    } else if (c === '}' || c === ']') {
      if (!top) return { groups, whole: false }
      groups.push(open.pop()!)
      at++
    } else if (c === '"') {
      const end = closing(text, at)
      if (end < 0) return { groups: [...groups, ...open], whole: false }
      const value = unquoted(text.slice(at, end))
      at = end
      const from = line
      skip()
      if (text[at] === ':' && top && !top.isList) {
        top.key = value
        at++
      } else put(value, from)
    } else {
      word.lastIndex = at
      const found = word.exec(text)?.[0]
      if (found === undefined) at++
      else {
        put(found, line)
        at += found.length
      }
    }
  }
  return { groups: [...groups, ...open], whole: open.length === 0 }
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
