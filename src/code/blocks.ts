import type { CodeBlock, CodeLanguage } from '../core/index.ts'

const fences: Readonly<Record<string, CodeLanguage>> = {
  python: 'python',
  py: 'python',
  python3: 'python',
  javascript: 'javascript',
  js: 'javascript',
  jsx: 'javascript',
  node: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  tsx: 'typescript',
  java: 'java',
  go: 'go',
  golang: 'go',
  php: 'php',
  c: 'cpp',
  cpp: 'cpp',
  'c++': 'cpp',
  h: 'cpp',
  hpp: 'cpp',
  csharp: 'csharp',
  'c#': 'csharp',
  cs: 'csharp',
  ruby: 'ruby',
  rb: 'ruby',
}
const mostBlocks = 8
const fence = /```[ \t]*([\w+#-]*)[^\n]*\n([\s\S]*?)(?:```|$)/g

/** Code in an answer: fenced blocks, else the whole text when it reads like code. */
export function codeBlocksOf(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (const match of text.matchAll(fence)) {
    if (blocks.length >= mostBlocks) break
    const code = match[2]!
    blocks.push({ language: fences[match[1]!.toLowerCase()] ?? languageOf(code), code, at: match.index })
  }
  if (blocks.length > 0) return blocks
  const language = languageOf(text)
  return language === null ? [] : [{ language, code: text, at: 0 }]
}

/** The language that a piece of code is most like; null when it does not look like code. */
export function languageOf(code: string): CodeLanguage | null {
  const head = code.slice(0, 4000)
  for (const [language, marks] of marksOf) if (marks.filter(mark => mark.test(head)).length >= 1) return language
  return null
}

const marksOf: readonly (readonly [CodeLanguage, readonly RegExp[]])[] = [
  ['php', [/<\?php|^\s*\$\w+\s*=.*;$/m]],
  ['python', [/^\s*(def \w+\(.*\).*:|import \w+(\.\w+)*( as \w+)?$|from [\w.]+ import |class \w+(\(.*\))?:)/m]],
  ['csharp', [/\busing System\b|\bnamespace \w+[\s\S]*\bclass\b|Console\.Write/]],
  ['java', [/\bpublic (static |final |class |void |int |String )|System\.out\.print|import java/]],
  ['go', [/^package \w+$|^func \w*\(|:= /m]],
  ['cpp', [/#include\s*[<"]|\bstd::|\b(int|void|char|static|struct)\s+\**\w+\s*\([^;{]*\)\s*\{/]],
  ['ruby', [/^\s*(def \w+[?!]?(\(.*\))?$|require ['"]|end$)|\bputs\b/m]],
  ['javascript', [/\b(const|let|var|function)\s+\w+|=>\s*[{(]|console\.log|require\(['"]/]],
]
