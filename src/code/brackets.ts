import type { CodeLanguage } from '../core/index.ts'

/** What a piece of code leaves open. */
export interface Brackets {
  /** Closing marks that are missing at the end, in the order in which they are needed. */
  readonly missing: string
  /** `}` that close something from before the piece. */
  readonly strange: number
  /** Deepest nesting; where types have parameters, each `<` of a statement without its `>` may open one. */
  readonly depth: number
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const hashed = new Set<CodeLanguage>(['python', 'ruby', 'php'])
/** Grammars that weigh every `<` as a comparison and as the start of a list of types. */
const angled = new Set<CodeLanguage>(['javascript', 'typescript', 'java', 'go', 'cpp', 'csharp'])
const slashed = new Set<CodeLanguage>(['javascript', 'typescript', 'java', 'go', 'php', 'cpp', 'csharp'])

/** Starts of comments inside a comment that never ends: from here on grammars take minutes. */
const mostStarts = 16

/** Without a comment that never ends and holds many starts of comments; people write no such thing, and it is no code. */
export function withoutOpenComment(code: string, language: CodeLanguage): string {
  const last = code.lastIndexOf('*/')
  if (!slashed.has(language) || code.split('/*', mostStarts + 2).length <= mostStarts) return code
  for (let i = 0; i < code.length; ) {
    const { to, open } = passed(code, i, language)
    if (open === '*/' && i > last && code.slice(i).split('/*', mostStarts + 2).length > mostStarts)
      return code.slice(0, i)
    i = Math.max(i + 1, to)
  }
  return code
}

/** Reads brackets outside of strings and comments, roughly: good enough to close what was cut off. */
export function bracketsOf(code: string, language: CodeLanguage): Brackets {
  const open: string[] = []
  let [depth, strange, braces, angles] = [0, 0, 0, 0]
  let text = ''
  for (let i = 0; i < code.length; ) {
    const skipped = passed(code, i, language)
    if (skipped.to > i) {
      if (skipped.to >= code.length) text = skipped.open
      i = skipped.to
      continue
    }
    const c = code[i++]!
    angles = anglesAfter(c, angles, language)
    depth = Math.max(depth, angles)
    if (c === '{') braces++
    if (c in closing) depth = Math.max(depth, open.push(c))
    else if (c === ')' || c === ']' || c === '}') {
      if (open.length > 0 && closing[open.at(-1)!] === c) {
        open.pop()
        if (c === '}') braces--
      } else if (c === '}' && braces === 0) strange++
    }
  }
  const missing = `${text}${open
    .map(c => closing[c])
    .reverse()
    .join('')}`
  return { missing, strange, depth }
}

function anglesAfter(c: string, angles: number, language: CodeLanguage): number {
  if (c === '<') return angled.has(language) ? angles + 1 : 0
  // Tags of a page in a script close one another; types that follow one another are as hard as nested ones.
  if (c === '>') return language === 'javascript' || language === 'typescript' ? Math.max(0, angles - 1) : angles
  return c === ';' || c === '{' || c === '}' ? 0 : angles
}

/** Where a string or a comment that begins here ends, and the mark that it lacks when the code ends first. */
function passed(code: string, at: number, language: CodeLanguage): { readonly to: number; readonly open: string } {
  const c = code[at]!
  if (c === '"' || c === "'" || (c === '`' && slashed.has(language))) return stringFrom(code, at, c, language)
  const line = (c === '#' && hashed.has(language)) || (c === '/' && code[at + 1] === '/' && slashed.has(language))
  if (line) return { to: endOr(code, code.indexOf('\n', at)), open: '' }
  if (c === '/' && code[at + 1] === '*' && slashed.has(language)) {
    const end = code.indexOf('*/', at + 2)
    return { to: end < 0 ? code.length : end + 2, open: end < 0 ? '*/' : '' }
  }
  return { to: at, open: '' }
}

const endOr = (code: string, at: number): number => (at < 0 ? code.length : at)

function stringFrom(code: string, at: number, mark: string, language: CodeLanguage) {
  const triple = language === 'python' && code.startsWith(mark.repeat(3), at)
  const end = triple ? mark.repeat(3) : mark
  const lines = triple || mark === '`' || language === 'php' || language === 'ruby'
  for (let i = at + end.length; i < code.length; i++) {
    if (code[i] === '\\') i++
    else if (code[i] === '\n' && !lines) return { to: i, open: '' }
    else if (code.startsWith(end, i)) return { to: i + end.length, open: '' }
  }
  return { to: code.length, open: end }
}
