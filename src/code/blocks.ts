import type { CodeBlock } from '../core/index.ts'
import { isProse, languageOf, languageUnder } from './languages.ts'

export { languageOf } from './languages.ts'

const mostBlocks = 16
/** Lines of an answer that are looked at; of more only the first ones count. */
const mostLines = 20_000

interface Line {
  readonly text: string
  readonly at: number
}

/** Answers whose code is known: several behaviours and statistics ask about the same one after the other. */
const known = new Map<string, readonly CodeBlock[]>()
const [mostKnown, mostKnownCharacters] = [4096, 16_000_000]
let knownCharacters = 0

/** Code in an answer: fenced blocks and scripts in pages, else the part of the text that reads like code. */
export function codeBlocksOf(text: string): readonly CodeBlock[] {
  const before = known.get(text)
  if (before) return before
  if (known.size >= mostKnown || knownCharacters + text.length > mostKnownCharacters) {
    known.clear()
    knownCharacters = 0
  }
  const blocks = blocksIn(text)
  known.set(text, blocks)
  knownCharacters += text.length
  return blocks
}

function blocksIn(text: string): CodeBlock[] {
  const lines = linesOf(text)
  const fenced = fencedBlocks(lines)
  const blocks = fenced.length > 0 ? fenced : bare(lines)
  return blocks.flatMap(block => (/<script\b/i.test(block.code) ? scriptsOf(block) : [block])).slice(0, mostBlocks)
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let at = 0; at <= text.length && lines.length < mostLines; ) {
    const end = text.indexOf('\n', at)
    const stop = end < 0 ? text.length : end
    lines.push({ text: text.slice(at, stop).replace(/\r$/, ''), at })
    at = stop + 1
  }
  return lines
}

const opening = /^([ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*\{?\.?([\w+#-]*)/

function fencedBlocks(lines: readonly Line[]): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (let i = 0; i < lines.length && blocks.length < mostBlocks; i++) {
    const fence = openingOf(lines[i]!.text)
    if (!fence) continue
    if (fence.rest !== null) {
      blocks.push(blockOf(fence.rest, fence.named, lines[i]!.at))
      continue
    }
    const inner: string[] = []
    const at = lines[i + 1]?.at ?? lines[i]!.at
    while (++i < lines.length && !closes(lines[i]!.text, fence.marks))
      inner.push(undented(lines[i]!.text, fence.indent))
    blocks.push(blockOf(`${inner.join('\n')}\n`, fence.named, at))
  }
  return blocks
}

interface Fence {
  readonly indent: number
  readonly marks: string
  readonly named: string
  /** Code on the line of the fence itself. */
  readonly rest: string | null
}

function openingOf(line: string): Fence | null {
  const match = opening.exec(line)
  if (match) {
    const [whole, before, marks, named] = [match[0], match[1]!, match[2]!, match[3]!]
    const close = line.indexOf(marks, whole.length)
    const rest = close > 0 ? line.slice(whole.length, close) : null
    return { indent: before.length, marks, named, rest }
  }
  const late = /(`{3,})([\w+#-]*)[ \t]*$/.exec(line.slice(-80))
  return late && late.index > 0 ? { indent: 0, marks: late[1]!, named: late[2]!, rest: null } : null
}

const closes = (line: string, marks: string): boolean => {
  const text = line.trim().replace(/^>\s*/, '')
  return text.startsWith(marks) ? new Set(text).size === 1 : text.endsWith(marks) && text.length < 400
}

/** Without the indentation of the fence: blocks stand in lists. */
function undented(line: string, indent: number): string {
  let cut = 0
  while (cut < indent && /[ \t>]/.test(line[cut] ?? '')) cut++
  return line.slice(cut)
}

function blockOf(code: string, named: string, at: number): CodeBlock {
  return { language: languageUnder(named, code), code, at }
}

/** Code without a fence: from the first line that is no prose to the last, prose between being blanked so that lines stay. */
function bare(lines: readonly Line[]): CodeBlock[] {
  const prose = proseIn(lines)
  const first = lines.findIndex((line, i) => !prose[i] && line.text.trim() !== '')
  const last = lines.findLastIndex((line, i) => !prose[i] && line.text.trim() !== '')
  if (first < 0) return []
  const code = lines
    .slice(first, last + 1)
    .map((line, i) => (prose[first + i] ? '' : line.text))
    .join('\n')
  const language = languageOf(code)
  if (language === null && !/<script\b/i.test(code)) return []
  return [{ language, code, at: lines[first]!.at }]
}

/** Which lines are prose; those in comments and long strings belong to the code. */
function proseIn(lines: readonly Line[]): boolean[] {
  let within: string | null = null
  return lines.map(({ text }) => {
    const line = text.slice(0, 2000)
    if (within !== null) {
      if (line.includes(within)) within = null
      return false
    }
    within = opened(line)
    return within === null && !/^\s{2,}/.test(line) && isProse(line)
  })
}

function opened(line: string): string | null {
  for (const mark of ['"""', "'''"]) if (line.split(mark).length % 2 === 0) return mark
  const comment = line.lastIndexOf('/*')
  return comment >= 0 && line.indexOf('*/', comment) < 0 ? '*/' : null
}

const script = /<script\b[^>]{0,400}>/gi

/** Scripts of a page, each at its place; a program of another language that writes a page stays what it is. */
function scriptsOf(block: CodeBlock): CodeBlock[] {
  const { code, language } = block
  if (language !== null && language !== 'javascript' && language !== 'typescript') return [block]
  if (language !== null && !/^\s*</.test(code)) return [block]
  const found: CodeBlock[] = []
  for (const match of code.matchAll(script)) {
    if (found.length >= mostBlocks) break
    const from = match.index + match[0].length
    const end = code.indexOf('</script', from)
    const inner = code.slice(from, end < 0 ? code.length : end)
    if (inner.trim() !== '') found.push({ language: 'javascript', code: inner, at: block.at + from })
  }
  return found
}
