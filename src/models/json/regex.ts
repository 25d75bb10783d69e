/** Longer patterns than tokenizers have. */
const mostPattern = 20_000

/**
 * True for a pattern in which a repeated group holds a repetition without end, such as `(a+)+`: matching may take time
 * that doubles with each letter. Patterns of tokenizers repeat classes, not groups.
 */
export function isExplosive(pattern: string): boolean {
  if (pattern.length > mostPattern) return true
  /** For each open group: does something in it repeat without end? */
  const groups: boolean[] = [false]
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at]!
    if (c === '\\') at += pattern[at + 1] === 'p' || pattern[at + 1] === 'P' ? endOfClass(pattern, at) : 1
    else if (c === '[') at = endOfSet(pattern, at)
    else if (c === '(') groups.push(false)
    else if (c === ')') {
      const inner = groups.length > 1 ? groups.pop()! : false
      const repeats = isEndless(pattern, at + 1)
      if (inner && repeats) return true
      if (inner || repeats) groups[groups.length - 1] = true
    } else if (/^[*+?]\+/.test(pattern.slice(at, at + 2))) at++
    else if (isEndless(pattern, at)) groups[groups.length - 1] = true
  }
  return false
}

/** True when a quantifier without an end stands here, and gives back what it took (`++` does not). */
function isEndless(pattern: string, at: number): boolean {
  const match = /^(?:[*+]|\{\d+,\})(.?)/.exec(pattern.slice(at, at + 24))
  return match !== null && match[1] !== '+'
}

const endOfClass = (pattern: string, at: number): number => {
  const close = pattern[at + 2] === '{' ? pattern.indexOf('}', at) : -1
  return close < 0 ? 1 : close - at
}

function endOfSet(pattern: string, start: number): number {
  let at = start + (pattern[start + 1] === '^' ? 2 : 1)
  if (pattern[at] === ']') at++
  for (let depth = 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '[') depth++
    else if (pattern[at] === ']' && --depth === 0) return at
  }
  return pattern.length
}
