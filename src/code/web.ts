import { type Call, shortly } from './calls.ts'
import { flowOf } from './flow.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** How far back a check may stand from what it guards, in UTF-16 units: a long function, and bounded work a node. */
const farBack = 3000
const mostUp = 12

/** The code from the beginning of the outermost function around a node to a little after the node: where its checks stand. */
export function before(node: Tree, piece: Piece, after = 0): string {
  const { start, end } = node.range()
  let from = piece.names.scopeAt(start.index)
  for (let step = 0; from && step < mostUp; step++) {
    const outer = from.from > 0 ? piece.names.scopeAt(from.from - 1) : null
    if (!outer || outer.to < end.index) break
    from = outer
  }
  return piece.code.slice(
    Math.max(from?.from ?? 0, start.index - farBack),
    Math.min(end.index, start.index + farBack) + after,
  )
}

/** The whole of the outermost function around a node, shortened on both sides; the file when there is none. */
export const around = (node: Tree, piece: Piece): string => before(node, piece, farBack)

/** The last name of what is called: `exec` of `child_process.exec`, `URL` of `new java.net.URL`. */
export const lastOf = (call: Call): string => /[\w$!?]*$/.exec(call.name)![0]

/** The text of a value that is fixed in the code; null when it is not fixed or no text. */
export function fixedText(node: Tree | null | undefined, piece: Piece): string | null {
  if (!node) return null
  const { origin, text } = flowOf(node, piece)
  return origin === 'constant' && text !== '' ? text : null
}

/** A number as written or as its name was set; null for anything else. */
export function numberOf(node: Tree | null | undefined, piece: Piece): number | null {
  if (!node) return null
  const text = shortly(node).replace(/_/g, '')
  if (/^(0[xob])?[\da-fA-F]+L?$/.test(text) && /^\d/.test(text)) return Number(text.replace(/L$/, ''))
  if (!/^\$?\w+$/.test(text)) return null
  const set = piece.names.definitionsOf(shortly(node), node.range().start.index).at(-1)
  const value = set ? shortly(set.value).replace(/_/g, '') : ''
  return /^\d+$/.test(value) ? Number(value) : null
}

const naming =
  /^(variable_declarator|assignment_expression|augmented_assignment_expression|pair|assignment|operator_assignment|array_element_initializer|property_element|const_element|field_definition|public_field_definition)$/
const functions =
  /^(function_declaration|method_definition|method_declaration|function_definition|method|singleton_method)$/

/** What a value is for, by the names around it: the variable or key that it becomes, and the function that it stands in. */
export function purposeOf(node: Tree): string {
  const names: string[] = []
  let at = node.parent()
  for (let step = 0; at && step < mostUp; step++, at = at.parent()) {
    const kind = String(at.kind())
    if (naming.test(kind))
      names.push(shortly(at.field('name') ?? at.field('left') ?? at.field('key') ?? at.child(0), 80))
    if (!functions.test(kind)) continue
    names.push(shortly(at.field('name'), 80))
    break
  }
  return names.join(' ')
}

/** Names of values that nobody may guess. */
export const guarded =
  /passw|passphrase|secret|token|nonce|salt|session|otp\b|csrf|captcha|api_?key|\bkey\b|reset|invite|voucher|verif|auth|cookie|credential|pin_?code|\biv\b|initvec|uuid|guid/i

/** Text that begins as a statement of SQL. */
export const sql =
  /(?:^|["'`(\s])(?:select\b[\s\S]{1,300}?\bfrom\b|insert\s+(?:ignore\s+)?into\b|replace\s+into\b|update\b[\s\S]{1,120}?\bset\b|delete\s+from\b|drop\s+(?:table|database)\b|alter\s+table\b|create\s+(?:user|database|table)\b|truncate\s+table\b|exec(?:ute)?\s+\w+\s|call\s+\w+\s*\(|union\s+select\b|where\s+[\w."`]+\s*(?:=|like|in\b|<|>)|order\s+by\b)/i

/** Text that begins as HTML. */
export const html = /<\/?[a-z][\w-]*[\s>/]/i

/** Strings and what joins them, by grammar. */
const joined = [
  'binary_expression',
  'template_string',
  'encapsed_string',
  'heredoc',
  'binary',
  'string',
  'augmented_assignment_expression',
]
const inner = /^(binary_expression|binary|parenthesized_expression|template_substitution|interpolation)$/

/** Statements of SQL put together from what is not fixed, each the outermost text. */
export function* builtSql(piece: Piece): Generator<Tree> {
  if (!verbs.test(piece.code)) return
  for (const node of piece.all(...joined)) {
    const parent = node.parent()
    if (parent && inner.test(String(parent.kind()))) continue
    // A tagged template hands its parts over one by one: the tag quotes them.
    if (parent && parent.kind() === 'call_expression' && node.kind() === 'template_string') continue
    const value = node.kind() === 'augmented_assignment_expression' ? node.field('right') : node
    const flow = flowOf(value, piece)
    if (
      flow.built &&
      statement.test(flow.text) &&
      !/\b(console|log|logger|print\w*|puts|raise|throw|Error|Exception)\b/.test(headOf(node))
    )
      yield node
  }
}
const verbs = /\b(?:select|insert|replace|update|delete|drop|truncate|call)\s/i
const statement =
  /^\s*["'`]?\s*(?:\(\s*)?(?:select\s+[\s\S]{1,200}?\bfrom\b|insert\s+(?:ignore\s+)?into\b|replace\s+into\b|update\s+[\s\S]{1,120}?\bset\b|delete\s+from\b|drop\s+(?:table|database)\b|truncate\s+table\b|call\s+\w+\s*\()/i

/** What a text is handed to, when it is at once. */
function headOf(node: Tree): string {
  let at = node.parent()
  for (let step = 0; at && step < 3; step++, at = at.parent()) {
    if (/call|invocation|throw|creation|new_/.test(String(at.kind()))) return shortly(at, 2000).slice(0, 60)
    if (/statement|declarat|assignment/.test(String(at.kind()))) break
  }
  return ''
}

const literals = [
  'string_fragment',
  'string_content',
  'text',
  'comment',
  'line_comment',
  'block_comment',
  'interpreted_string_literal',
  'interpreted_string_literal_content',
  'raw_string_literal',
  'raw_string_literal_content',
  'string_literal_content',
  'nowdoc_string',
  'heredoc_content',
  'jsx_text',
  'raw_string_content',
  'string_literal',
  'verbatim_string_literal',
]

/** Texts that stand in the code, remarks and mark-up too. */
export const textsOf = (piece: Piece): readonly Tree[] => piece.all(...literals)

/** Words of a check that a name stays where it belongs: a list of what is allowed, a prefix, a base name. */
export const checks =
  /startsWith|starts_with|hasPrefix|basename|realpath|getCanonical|toRealPath|indexOf\(\s*['"]\.\.|includes\(|contains\(|\.\.\\?['"]|sanit|allow|whitelist|safelist|permitted|trusted|\.has\(|isAbsolute|relative\(|\bvalid|isSafe|in_array|include\?|start_with\?|array_key_exists|url_from|same_?origin|match\(|\.test\(|preg_match|ctype_|getFileName\(\)|filter_var|only_path|expand_path/i

/** Names of what opens doors. */
export const credentialName =
  /(?:^|[._$'"[:@-]|[a-z0-9](?=[A-Z]))(?:pass(?:word|wd|phrase)?|pwd|secret(?:_?key)?|(?:api|access|private|auth|signing|encryption|master|aes|jwt|session|client|app|service)_?-?(?:key|secret|token|pass(?:word)?)(?:_?id)?|(?:db|database|user|admin|root|mysql|smtp|mail|default|my)_?-?(?:pass(?:word|wd)?|pwd)|bearer_?token|token|credentials?)['"\])]*$/i

const placeholder =
  /^(?:$|\s|<|\{|\$|%|\.\.\.|x+$|\*+$|your|my_?|change|enter|insert|example|placeholder|password$|pass$|secret$|token$|user|name|text|string|hidden|input|none$|null$|undefined|true$|false$|required|type|new_|old_|confirm|current|forgot|reset|invalid|wrong|incorrect|please|process\.env|env\b|os\.environ|#|\/|[.#][\w-]+$|https?:)/i

/** True when a text reads as a real password or key: neither empty, nor a word for people, nor the name of a field. */
export function credentialValue(text: string | null): boolean {
  if (text === null || text.length < 4 || text.length > 400 || placeholder.test(text) || /\s/.test(text.trim()))
    return false
  if (
    /^[a-z]+(?:[-_.:][a-z]+)*$/i.test(text) &&
    text.length < 8 &&
    /pass|pwd|token|secret|key|text|field|hash|label|auth/i.test(text)
  )
    return false
  return !/^(?:[a-z]+[A-Z]\w*|[a-z]+(?:[_.-][a-z]+){1,})$/.test(text) || /\d/.test(text)
}

/** The text of a literal, without its quotes; null for anything that is put together. */
export function literalOf(node: Tree | null | undefined): string | null {
  if (!node || !/^(?:string|string_literal|encapsed_string|template_string)$/.test(String(node.kind()))) return null
  const text = shortly(node)
  return text.length < 2 || /\$\{|#\{|\{\$|"\s*\$/.test(text) ? null : text.slice(1, -1)
}

/** True when a key or a vector never changes: a text, numbers, zeros. */
export function still(node: Tree | null | undefined, piece: Piece): boolean {
  if (!node) return false
  const { origin, text } = flowOf(node, piece)
  if (origin === 'constant') return text !== '' && !/^\$|^%|process\.env|getenv/.test(text)
  const names = shortly(node)
  const set = /^[$\w.]+$/.test(names) ? piece.names.definitionsOf(names, node.range().start.index).at(-1)?.value : node
  return /^(?:Buffer\.(?:from\(\s*['"`[]|alloc\()|new (?:Uint8Array|byte)\s*[([]|['"`]|\{\s*\d|CryptoJS\.enc\.\w+\.parse\(\s*['"]|str_repeat\(\s*['"]|"[^"]*"\.getBytes)/.test(
    shortly(set),
  )
}

/** Where the program itself stands: a path from there is not handed in. */
export const ownPlace =
  /\b(?:__dirname|__filename|__DIR__|__FILE__|process\.cwd\(\)|import\.meta\.\w+|Rails\.root|File\.dirname\(__FILE__\)|base_path|app_path|public_path|storage_path|resource_path|config_path)\b/
