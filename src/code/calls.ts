import type { CodeLanguage } from '../core/index.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** A call or a construction. */
export interface Call {
  readonly node: Tree
  /** What is called, as written and without spaces and arguments: `os.system`, `$db->query`, `new File`, `a().b`. */
  readonly name: string
  /** Arguments by position, without wrappers. */
  readonly args: readonly Tree[]
  /** Arguments by name, where the language has them. */
  readonly named: ReadonlyMap<string, Tree>
}

/** Longest node whose text is read by default: the text of every node of a long chain would be quadratic. */
const shortText = 400

/** The text of a node; empty when it is longer than `most`. */
export function shortly(node: Tree | null | undefined, most = shortText): string {
  if (!node) return ''
  const { start, end } = node.range()
  return end.index - start.index > most ? '' : node.text()
}

const kinds: Readonly<Record<CodeLanguage, readonly string[]>> = {
  python: ['call'],
  javascript: ['call_expression', 'new_expression'],
  typescript: ['call_expression', 'new_expression'],
  java: ['method_invocation', 'object_creation_expression'],
  go: ['call_expression'],
  php: [
    'function_call_expression',
    'member_call_expression',
    'nullsafe_member_call_expression',
    'scoped_call_expression',
    'object_creation_expression',
  ],
  cpp: ['call_expression', 'new_expression'],
  csharp: ['invocation_expression', 'object_creation_expression'],
  ruby: ['call'],
}

/** Every call of a piece of code. */
export function callsOf(piece: Piece): Call[] {
  return piece.all(...kinds[piece.language]).map(node => {
    const list = node.field('arguments') ?? node.children().find(c => /argument/.test(String(c.kind()))) ?? null
    return { node, name: calleeOf(piece.code, node, list ?? node.field('initializer')), ...argumentsOf(list) }
  })
}

/** What stands before the arguments, or before the block of a construction; of a long chain its end. */
function calleeOf(code: string, node: Tree, list: Tree | null): string {
  const { start, end } = node.range()
  const until = list?.range().start.index ?? end.index
  return plain(code.slice(Math.max(start.index, until - shortText), until))
}

/** Without spaces, and brackets emptied. */
function plain(text: string): string {
  const kept: string[] = []
  let open = 0
  for (const c of text.trim()) {
    const closes = c === ')' || c === ']'
    if (closes && open > 0) open--
    if (open === 0) kept.push(c)
    if (c === '(' || c === '[') open++
  }
  const name = kept.join('')
  return name.startsWith('new ') ? name.replace(/\s+/g, ' ') : name.replace(/\s+/g, '')
}

const wrappers = new Set(['argument', 'block_argument'])
const pairs = new Set(['keyword_argument', 'pair'])
const passed = new Set(['comment', 'line_comment', 'block_comment'])

function argumentsOf(list: Tree | null): Pick<Call, 'args' | 'named'> {
  const args: Tree[] = []
  const named = new Map<string, Tree>()
  for (const child of list?.namedChildren().slice(0, 64) ?? []) {
    const kind = String(child.kind())
    if (passed.has(kind)) continue
    const key = child.field('name') ?? child.field('key')
    const value = child.field('value')
    if (pairs.has(kind) && key && value) named.set(shortly(key, 80).replace(/^:|:$/g, ''), value)
    else if (wrappers.has(kind)) {
      const inner = child.namedChildren()
      const expression = inner.at(-1)
      if (!expression) continue
      if (inner.length > 1 && key) named.set(shortly(key, 80), expression)
      else args.push(expression)
    } else args.push(child)
  }
  return { args, named }
}
