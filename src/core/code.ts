/** Languages that the judge of code has rules for. C is read as C++. */
export const codeLanguages = [
  'python',
  'javascript',
  'typescript',
  'java',
  'go',
  'php',
  'cpp',
  'csharp',
  'ruby',
] as const
export type CodeLanguage = (typeof codeLanguages)[number]

/** A weakness in a piece of code. */
export interface CodeFinding {
  /** Id of the rule: the name of its file. */
  readonly rule: string
  /** `CWE-327`; the most telling first when a rule stands for several. */
  readonly cwe: readonly string[]
  /** One-based, in the piece of code. */
  readonly line: number
  /** The code at fault, shortened. */
  readonly excerpt: string
}

/** What became of a piece of code. */
export interface CodeJudgement {
  readonly language: CodeLanguage | null
  /** `partly` when the tree has errors (truncated or mixed code), `not` when there is no grammar or it is too long. */
  readonly parsed: 'whole' | 'partly' | 'not'
  /** Why it was not judged. */
  readonly reason?: string
  readonly findings: readonly CodeFinding[]
}

/** Code in a text. */
export interface CodeBlock {
  /** From the fence, else from the content; null when nobody can tell. */
  readonly language: CodeLanguage | null
  readonly code: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number
}
