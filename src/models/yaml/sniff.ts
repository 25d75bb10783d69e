/** Lines looked at. */
const mostLines = 400
const mostColumns = 200
/** The last line of a longer head may be cut. */
const wholeHead = 16_000
const key = /^(?:[-?] +)*(?:"[^"]*"|'[^']*'|[^\s#,[\]{}"'!&*|>@`%-][^:#]*?|<<) *:(?:\s|$)/
const starts = /^(?:#|%(?:YAML|TAG) |---|\.\.\.$|- |-$|[\]}]|[{[]\s*(?:["']|$)|\? |: |!|&)/

/**
 * True for a text of which every line that is not indented begins what YAML begins: a key, an item, a comment. Prose
 * behind the front matter of a page does not.
 */
export function looksLikeYaml(head: string): boolean {
  const lines = head.split(/\r?\n/, mostLines)
  if (head.length > wholeHead && lines.length < mostLines) lines.pop()
  const outer = lines.filter(line => line !== '' && !/^\s/.test(line)).map(line => line.slice(0, mostColumns))
  if (outer.length === 0) return false
  const telling = outer.filter(line => key.test(line) || starts.test(line))
  if (/^%(YAML|TAG) /.test(outer[0]!) && telling.length * 2 > outer.length) return true
  const keys = outer.filter(line => key.test(line) || /^(?:- |!|[{[])/.test(line))
  return (
    telling.length === outer.length &&
    keys.length > 0 &&
    !outer.every(line => line.startsWith('- ') && !/[:!]/.test(line))
  )
}
