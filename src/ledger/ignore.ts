import { Fault } from '../core/lean.ts'

/** What every tree leaves out at its root, as the OpenSSF Model Signing format does. */
export const defaultIgnores: readonly string[] = ['/.git', '/.gitattributes', '/.github', '/.gitignore']

const mostPatterns = 1000
const longestPattern = 1000

/** A step of a name pattern: any run of characters, any one, one of a set, or this one. */
type Token = '*' | '?' | { readonly set: string; readonly not: boolean } | { readonly is: string }
type Segment = '**' | readonly Token[]

interface Rule {
  readonly segments: readonly Segment[]
  readonly foldersOnly: boolean
  readonly keeps: boolean
}

/** Says whether a path is left out; the folders above it have been asked before. */
export type Ignoring = (name: string, isFolder: boolean) => boolean

/**
 * Patterns as git reads them: without a slash they hold at any depth, a trailing slash means folders, `**` any number
 * of folders, `!` takes back; the last one that holds decides. Time is bounded by pattern times name, whatever they say.
 */
export function ignoring(patterns: readonly string[]): Ignoring {
  if (patterns.length > mostPatterns) throw new Fault('bad-option', `More than ${mostPatterns} ignore patterns.`)
  const rules = patterns.flatMap(ruleOf)
  if (rules.length === 0) return () => false
  const places = rules.map(rule => placeOf(rule))
  return (name, isFolder) => {
    // Most patterns are about one place, and most names stand elsewhere: those are not taken apart.
    if (places.every(place => place !== null && !name.startsWith(place))) return false
    const parts = name.split('/').map(part => Array.from(part))
    const last = rules.findLast(rule => (isFolder || !rule.foldersOnly) && matchesPath(rule.segments, parts))
    return last !== undefined && !last.keeps
  }
}

/** How every name begins that a rule can hold for; null when it may begin with anything. */
function placeOf({ segments: [first] }: Rule): string | null {
  if (first === undefined || first === '**') return null
  const tokens = first.map(token => (typeof token === 'object' && 'is' in token ? token.is : null))
  return tokens.includes(null) ? null : tokens.join('')
}

/** True when a file's path or a folder above it is left out. */
export function ignoresPath(ignored: Ignoring, name: string): boolean {
  for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1))
    if (ignored(name.slice(0, slash), true)) return true
  return ignored(name, false)
}

function ruleOf(pattern: string): Rule[] {
  if (pattern.length > longestPattern || pattern.includes('\0'))
    throw new Fault('bad-option', `An ignore pattern is too long or holds a NUL character: ${pattern.slice(0, 60)}`)
  const text = pattern.replace(/^!/, '')
  if (text === '' || pattern.startsWith('#')) return []
  const bare = text.replace(/\/+$/, '')
  if (bare === '') return []
  const anchored = bare.includes('/')
  const parts = bare.split('/').filter((part, i) => part !== '' || i > 0)
  const segments = parts.map(part => (part === '**' ? '**' : tokensOf(part)))
  return [
    {
      segments: anchored ? segments : ['**', ...segments],
      foldersOnly: bare !== text,
      keeps: pattern.startsWith('!'),
    },
  ]
}

function tokensOf(part: string): Token[] {
  const tokens: Token[] = []
  const chars = Array.from(part)
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i]!
    const close = c === '[' ? chars.indexOf(']', i + 2) : -1
    if (close > 0) {
      const not = chars[i + 1] === '!' || chars[i + 1] === '^'
      tokens.push({ set: chars.slice(i + (not ? 2 : 1), close).join(''), not })
      i = close
    } else if (c === '*' || c === '?') tokens.push(c)
    else if (c === '\\' && i + 1 < chars.length) tokens.push({ is: chars[++i]! })
    else tokens.push({ is: c })
  }
  return tokens
}

const matchesPath = (segments: readonly Segment[], parts: readonly string[][]): boolean =>
  wild(segments, parts, '**', (segment, part) => segment !== '**' && wild(segment, part, '*', matchesOne))

function matchesOne(token: Token, c: string): boolean {
  if (token === '*') return false
  if (token === '?') return true
  if ('is' in token) return token.is === c
  return inSet(Array.from(token.set), c) !== token.not
}

function inSet(set: readonly string[], c: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === '-' && i + 2 < set.length
    if (isRange ? set[i]! <= c && c <= set[i + 2]! : set[i] === c) return true
    if (isRange) i += 2
  }
  return false
}

/** Matches a whole list against a pattern in which `star` stands for any run: it falls back to the last star only. */
function wild<P, T>(pattern: readonly P[], items: readonly T[], star: P, one: (p: P, item: T) => boolean): boolean {
  let [p, i, starAt, from] = [0, 0, -1, 0]
  while (i < items.length) {
    if (p < pattern.length && pattern[p] === star) [starAt, from] = [p++, i]
    else if (p < pattern.length && one(pattern[p]!, items[i]!)) [p, i] = [p + 1, i + 1]
    else if (starAt >= 0) [p, i] = [starAt + 1, ++from]
    else return false
  }
  while (p < pattern.length && pattern[p] === star) p++
  return p === pattern.length
}
