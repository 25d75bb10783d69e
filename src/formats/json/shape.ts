/**
 * How a JSON file holds records: `lists` (a list, or an object with lists), `members` (an object whose values are the
 * records), `columns` (an object of lists or of row-number objects), `objects` (objects one after another).
 */
export type Shape = 'lists' | 'members' | 'columns' | 'objects'

/** More lists side by side than this are records by key. */
const mostColumns = 100

/** Sees the shape from the beginning of a file. */
export function shapeOf(head: string): Shape {
  const start = head.search(/\S/)
  if (start < 0 || head[start] === '[') return 'lists'
  const found = firstMembers(head, start + 1)
  const lists = found.filter(member => /^\[\s*[[{]/.test(member.value))
  if (lists.length > 0) return 'lists'
  if (found.length > 0 && found.every(member => member.value.startsWith('[')))
    return found.length <= mostColumns ? 'columns' : 'members'
  if (found.length === 0 || !found.every(member => member.value.startsWith('{'))) return 'objects'
  return found.every(member => /^\{\s*"0"\s*:/.test(member.value)) ? 'columns' : 'members'
}

/** The first members of an object: their keys and how their values begin. */
function firstMembers(head: string, from: number): { key: string; value: string }[] {
  const found: { key: string; value: string }[] = []
  const key = /[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*/y
  for (let at = from; found.length < 200; ) {
    key.lastIndex = at
    const match = key.exec(head)
    if (!match || key.lastIndex >= head.length) return found
    found.push({ key: match[1]!, value: head.slice(key.lastIndex, key.lastIndex + 64) })
    at = valueEnd(head, key.lastIndex)
    if (at < 0 || head[at] !== ',') return found
  }
  return found
}

/** Place of the comma or bracket after the value at `from`, or -1. */
function valueEnd(text: string, from: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},]/g
  tokens.lastIndex = from
  let depth = 0
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const token = match[0]
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') {
      if (depth === 0) return match.index
      depth--
    } else if (token === ',' && depth === 0) return match.index
  }
  return -1
}
