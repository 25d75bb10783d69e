import type { CodeFinding, CodeJudgement, CodeLanguage } from '../core/index.ts'
import { bracketsOf } from './brackets.ts'
import { parsedAs } from './parsed.ts'
import { Piece } from './piece.ts'
import type { CodeRule } from './rule.ts'
import { rules } from './rules/index.ts'
import type { Tree } from './tree.ts'

/** Longest piece of code that is parsed, in UTF-16 units: no answer needs more, and grammars slow down on garbage. */
const mostCharacters = 65_536
/** Deepest nesting of brackets: people stay below 50; a rule that walks up from every node would be quadratic. */
const mostNesting = 400
const mostFindings = 64
const mostMatches = 500
const shown = 120

const byLanguage = new Map<CodeLanguage, CodeRule[]>()
for (const rule of rules)
  for (const language of rule.languages) byLanguage.set(language, [...(byLanguage.get(language) ?? []), rule])

/** Weaknesses in a piece of code of a known language. Runs nothing; the same code gives the same answer. */
export function judgeCode(code: string, language: CodeLanguage): CodeJudgement {
  if (code.length > mostCharacters) return unjudged(language, `longer than ${mostCharacters} characters`)
  if (bracketsOf(code, language).depth > mostNesting) return unjudged(language, `nested deeper than ${mostNesting}`)
  const parsed = parsedAs(code, language)
  if (!parsed) return unjudged(language, `no grammar for ${language} is installed`)
  const piece = new Piece(parsed.code, language, parsed.root)
  const findings: CodeFinding[] = []
  for (const rule of byLanguage.get(language) ?? []) {
    if (rule.needs && !rule.needs.some(word => code.includes(word))) continue
    const lines = new Set<number>()
    for (const node of weakIn(rule, piece)) {
      if (findings.length >= mostFindings) break
      const { start, end } = node.range()
      const line = start.line + 1
      if (lines.has(line)) continue
      lines.add(line)
      const excerpt = parsed.code.slice(start.index, Math.min(end.index, start.index + shown))
      findings.push({ rule: rule.id, cwe: rule.cwe, line, excerpt })
    }
  }
  return { language, parsed: parsed.errors > 0 || parsed.completed ? 'partly' : 'whole', findings }
}

function* weakIn(rule: CodeRule, piece: Piece): Generator<Tree> {
  const { pattern, weak, call, where } = rule
  if (pattern)
    for (const node of matches(pattern, piece).slice(0, mostMatches)) if (weak?.(node, piece) ?? true) yield node
  if (call)
    for (const one of piece.calls) if (call.name.test(one.name) && (call.weak?.(one, piece) ?? true)) yield one.node
  if (where) yield* where(piece)
}

function matches(pattern: NonNullable<CodeRule['pattern']>, piece: Piece): readonly Tree[] {
  const { rule, ...rest } = pattern
  const { kind, ...more } = rule
  if (typeof kind === 'string' && Object.keys(more).length === 0 && Object.keys(rest).length === 0)
    return piece.all(kind)
  return piece.root.findAll(pattern)
}

const unjudged = (language: CodeLanguage, reason: string): CodeJudgement => ({
  language,
  parsed: 'not',
  reason,
  findings: [],
})
