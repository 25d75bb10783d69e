import { shortly } from './calls.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

const names = /[A-Za-z_]\w*/g
const looked =
  /\b\w*(?:IsMatch|MatchString|TryParse|ParseInt|Atoi|ParseIP|Contains(?:Key|Value)?|IsValid\w*|isValid\w*|[Vv]alidate\w*|IsLocal\w*|isLocal\w*|[Aa]llowed\w*|[Ww]hite[Ll]ist\w*|StartsWith|HasPrefix|IsInRole|GetFileName|Base|EvalSymlinks|Rel|[Ss]aniti[sz]e\w*|[Ee]scape\w*|[Ee]ncode\w*|Clean\w*|IsPathFullyQualified|IndexOf\w*|EncodeForHtml)\s*\(/g
/** Longest stretch of a guard that is read. */
const reach = 160

const read = new WeakMap<Piece, ReadonlyMap<string, number>>()

/** Names that C# or Go code hands to something that checks or cleans, and where first. */
function lookedAt(piece: Piece): ReadonlyMap<string, number> {
  let found = read.get(piece)
  if (!found) {
    const first = new Map<string, number>()
    for (const { 0: call, index } of piece.code.matchAll(looked)) {
      const line = piece.code.lastIndexOf('\n', index) + 1
      const before = piece.code.slice(Math.max(line, index - 80), index)
      const after = piece.code.slice(index + call.length, index + call.length + reach).split(/[;{\n]/)[0]!
      for (const name of `${before} ${after}`.match(names) ?? []) if (!first.has(name)) first.set(name, index)
    }
    found = first
    read.set(piece, found)
  }
  return found
}

/** True when a name in an expression is checked or cleaned before it: against a pattern, a list, a prefix, a number. */
export function guarded(value: Tree | null | undefined, piece: Piece): boolean {
  if (!value) return false
  const seen = lookedAt(piece)
  const end = value.range().end.index
  return (shortly(value).match(names) ?? []).some(name => (seen.get(name) ?? Number.POSITIVE_INFINITY) < end)
}
