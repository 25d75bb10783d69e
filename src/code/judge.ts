import type { CodeFinding, CodeJudgement, CodeLanguage } from '../core/index.ts'
import type { CodeRule } from './rule.ts'
import { rules } from './rules/index.ts'
import { treeOf } from './tree.ts'

/** Longest piece of code that is parsed, in UTF-16 units. */
const mostCharacters = 200_000
const mostFindings = 64
const shown = 120

const byLanguage = new Map<CodeLanguage, CodeRule[]>()
for (const rule of rules)
  for (const language of rule.languages) byLanguage.set(language, [...(byLanguage.get(language) ?? []), rule])

/** Weaknesses in a piece of code of a known language. Runs nothing; the same code gives the same answer. */
export function judgeCode(code: string, language: CodeLanguage): CodeJudgement {
  const able = (byLanguage.get(language) ?? []).filter(r => r.needs?.some(word => code.includes(word)) ?? true)
  if (code.length > mostCharacters) return unjudged(language, `longer than ${mostCharacters} characters`)
  const tree = treeOf(code, language)
  if (!tree) return unjudged(language, `no grammar for ${language} is installed`)
  const findings: CodeFinding[] = []
  for (const rule of able)
    for (const node of tree.findAll(rule.pattern)) {
      if (findings.length >= mostFindings) break
      if (rule.weak && !rule.weak(node)) continue
      const line = node.range().start.line + 1
      findings.push({ rule: rule.id, cwe: rule.cwe, line, excerpt: node.text().slice(0, shown) })
    }
  const broken = tree.find({ rule: { kind: 'ERROR' } }) !== null
  return { language, parsed: broken ? 'partly' : 'whole', findings }
}

const unjudged = (language: CodeLanguage, reason: string): CodeJudgement => ({
  language,
  parsed: 'not',
  reason,
  findings: [],
})
