import type { CodeLanguage } from '../core/index.ts'
import { shortly } from './calls.ts'
import { type Piece, placeOf } from './piece.ts'
import type { Tree } from './tree.ts'

/** Where a value comes from, the worst of its parts: written in the code, unknown, handed in by the caller, from outside. */
export type Origin = 'constant' | 'unknown' | 'parameter' | 'input'

/** What is known of a value inside one function. */
export interface Flow {
  readonly origin: Origin
  /** True when text was put together from something that is not constant: `+`, `%`, format, interpolation, join. */
  readonly built: boolean
  /** Constant text in it, in order, shortened: enough to see `SELECT` or `<div>`. */
  readonly text: string
}

const order: readonly Origin[] = ['constant', 'unknown', 'parameter', 'input']
const mostSteps = 300
/** Values of one piece that are followed. */
const mostFlows = 3000
const mostDepth = 24
const mostText = 400

/** What comes from outside, by language, as the text of an expression begins or contains it. */
const sources: Readonly<Record<CodeLanguage, RegExp>> = {
  python:
    /\b(?:request|req|self\.request|flask\.request)\.(?:args|form|values|json|data|files|file|cookies|headers|GET|POST|FILES|COOKIES|META|query|params|body|url|path|get_json|get_data|query_params|path_params|match_info|environ|matchdict)\b|\bsys\.argv\b|\b(?:raw_)?input\(|\bos\.(?:environ|getenv)\b|\bget_(?:query_|body_)?argument\(|\.recv\(|\bsys\.stdin\b|cgi\.FieldStorage/,
  javascript:
    /\b(?:req|request|ctx(?:\.request)?|event)\.(?:query|body|params|param|headers|cookies|url|path|files|file|queryStringParameters|get)\b|\bprocess\.argv\b|\blocation\.(?:search|hash|href)|\bdocument\.(?:URL|cookie|referrer)|\bwindow\.name\b|\bevent\.data\b|\bprompt\(/,
  typescript:
    /\b(?:req|request|ctx(?:\.request)?|event)\.(?:query|body|params|param|headers|cookies|url|path|files|file|queryStringParameters|get)\b|\bprocess\.argv\b|\blocation\.(?:search|hash|href)|\bdocument\.(?:URL|cookie|referrer)|\bwindow\.name\b|\bevent\.data\b|\bprompt\(/,
  java: /\.get(?:Parameter|ParameterValues|ParameterMap|Header|Headers|Cookies|QueryString|InputStream|Reader|PathInfo|RequestURI|Part)\(|\bargs\[|\.nextLine\(|\.readLine\(|System\.getenv/,
  go: /\br(?:eq|equest)?\.(?:URL|Form|PostForm|FormValue|PostFormValue|Header|Body|Cookie|PathValue)\b|\bos\.Args\b|\bc\.(?:Query|Param|PostForm|DefaultQuery|FormValue|Params|QueryParam|Body)\b|\bmux\.Vars\b|\bflag\.Arg/,
  php: /\$_(?:GET|POST|REQUEST|COOKIE|SERVER|FILES)\b|php:\/\/input|\$argv\b|\$request->|->(?:input|getParam|getQuery|getPost|query|post)\(|\bfilter_input\(/,
  cpp: /\bargv\b|\bgetenv\(|\bfgets\(|\bgets\(|\bscanf\(|\bgetline\(|\brecv\(|\bread\(|\bcin\b/,
  csharp:
    /\bRequest\b(?:\.(?:QueryString|Form|Params|Query|Headers|Cookies|Body|Path|Url|RawUrl))|\bRequest\[|Console\.ReadLine|\bargs\[|QueryString\[|\.Text\b/,
  ruby: /\bparams\b|\bcookies\b|\bgets\b|\bARGV\b|\brequest\.|\bENV\[/,
}

const texts = new Set([
  'string',
  'string_literal',
  'interpreted_string_literal',
  'raw_string_literal',
  'verbatim_string_literal',
  'template_string',
  'encapsed_string',
  'interpolated_string_expression',
  'concatenated_string',
  'char_literal',
  'character_literal',
  'heredoc',
  'heredoc_body',
  'nowdoc',
  'text_block',
  'subshell',
  'raw_string',
  'simple_symbol',
])
const plainValues =
  /^(?:integer|float|number|number_literal|\w*_?(?:integer|float|floating_point|real|int|imaginary|rune)_literal|decimal_\w+|hex_integer_literal|true|false|none|null|nil|null_literal|boolean|boolean_literal|nullptr|undefined|regex|comment|sizeof_expression|lambda|arrow_function|function_expression)$/
const names =
  /^(?:identifier|variable_name|name|simple_identifier|field_identifier|instance_variable|global_variable|shorthand_property_identifier)$/
const members =
  /^(?:attribute|member_expression|member_access_expression|field_access|field_expression|selector_expression|nullsafe_member_access_expression|scoped_property_access_expression|class_constant_access_expression)$/
/** Values side by side are no text, whatever they are made of. */
const collections =
  /^(?:list|tuple|set|dictionary|array|array_creation_expression|object|hash|array_initializer|initializer_list|list_literal|expression_list)$/
/** A cast to a number or a truth value: what is left cannot say much. */
const numeric = /^\(\s*(?:int|integer|long|short|byte|float|double|decimal|bool|boolean|uint|ulong)\s*\)/i
const joins = new Set(['+', '%', '.', '..', '<<', '&'])

/** Calls that put their arguments into a text. */
const builders =
  /(?:^|[.:>])(?:format|Format|join|Join|concat|Concat|sprintf|vsprintf|Sprintf|Sprint|Sprintln|Errorf|snprintf|strcat|strncat|implode|append|Append|AppendFormat|replace|formatted|MessageFormat\.format|stringWithFormat|template|substitute|toString|ToString|String|str_replace|strtr|sprintf_s)$/
/** Calls that give back what they get, more or less. */
const passes =
  /(?:^|[.:>$])(?:str|unicode|bytes|String|strip|lstrip|rstrip|trim|lower|upper|encode|decode|toString|ToString|toLowerCase|toUpperCase|c_str|data|get|getlist|split|splitlines|read|readline|pop|text|unquote|unquote_plus|urldecode|decodeURIComponent|loads|parse|json|getParameter|valueOf|substring|substr|slice|getBytes|list|dict|tuple|next|copy|strdup|dirname|abspath|normpath|expanduser|os\.path\.join|path\.join|Path|Combine|Paths\.get|new File|resolve|shift|first|values|items|keys|sorted|reversed|zip|enumerate|map|filter|b64decode|b64encode|hexlify|dumps)$/
/** Calls after which text can no longer say what its author wants. */
const cleans =
  /(?:^|[.:>])(?:int|float|len|bool|ord|hash|isinstance|range|round|id|quote|shlex_quote|escape_string|escape|escapeshellarg|escapeshellcmd|htmlspecialchars|htmlentities|intval|floatval|parseInt|parseFloat|Number|Atoi|ParseInt|ParseFloat|secure_filename|basename|escapeHtml|encodeURIComponent|urlencode|quote_plus|quote_identifier|sanitize|sanitise|sanitize_\w+|clean|bleach\.clean|mysqli_real_escape_string|real_escape_string|mysql_real_escape_string|pg_escape_\w+|shellescape|HtmlEncode|UrlEncode|valueOf|parseDouble|uuid4|hexdigest|digest|UUID|now|time|today|strftime|count|size|length|sizeof|strlen|bindparam|literal|Identifier|sql\.SQL|to_i|to_f)$/

/** What a value is made of. Looks at one function and what stands outside of functions; bounded, and never runs anything. */
export function flowOf(node: Tree | null | undefined, piece: Piece): Flow {
  if (!node) return constant
  const place = placeOf(node)
  const known = piece.flows.get(place)
  if (known) return known
  const flow = piece.flows.size < mostFlows ? walk(node, { piece, steps: mostSteps, seen: new Set() }, 0) : unknown
  piece.flows.set(place, flow)
  return flow
}

/** True when the value is fixed in the code. */
export const isConstant = (node: Tree | null | undefined, piece: Piece): boolean =>
  flowOf(node, piece).origin === 'constant'

/** True when text was put together from something that is not constant. */
export const isBuilt = (node: Tree | null | undefined, piece: Piece): boolean => flowOf(node, piece).built

/** True when the value holds something from outside: a request, arguments of the program, its environment. */
export const isInput = (node: Tree | null | undefined, piece: Piece): boolean => flowOf(node, piece).origin === 'input'

/** True when the value comes from outside or from the caller. */
export const isHandedIn = (node: Tree | null | undefined, piece: Piece): boolean =>
  order.indexOf(flowOf(node, piece).origin) >= order.indexOf('parameter')

interface Walk {
  readonly piece: Piece
  steps: number
  readonly seen: Set<string>
}

const constant: Flow = { origin: 'constant', built: false, text: '' }
const unknown: Flow = { origin: 'unknown', built: false, text: '' }

function merged(parts: readonly Flow[], joined = false): Flow {
  const origin = order[Math.max(0, ...parts.map(p => order.indexOf(p.origin)))]!
  const built = parts.some(p => p.built) || (joined && origin !== 'constant')
  const text = parts
    .map(p => p.text)
    .join('')
    .slice(0, mostText)
  return { origin, built, text }
}

function walk(node: Tree, state: Walk, depth: number): Flow {
  if (depth > mostDepth || --state.steps < 0 || --state.piece.steps < 0) return unknown
  const kind = String(node.kind())
  if (plainValues.test(kind)) return constant
  if (texts.has(kind)) return textFlow(node, kind, state, depth)
  if (names.test(kind)) return nameFlow(shortly(node), node, state, depth)
  if (isCall(kind)) return callFlow(node, kind, state, depth)
  if (members.test(kind)) return memberFlow(node, state, depth)
  const inner = node.namedChildren().slice(0, 64)
  if (/^(?:binary|binary_expression|binary_operator|augmented_assignment\w*)$/.test(kind))
    return binaryFlow(node, state, depth)
  if (
    /^(?:comparison_operator|boolean_operator|not_operator|instanceof_expression)$/.test(kind) &&
    kind !== 'boolean_operator'
  )
    return constant
  if (/^(?:conditional_expression|ternary_expression|conditional)$/.test(kind))
    return merged(inner.filter(c => !isCondition(node, c)).map(c => walk(c, state, depth + 1)))
  if (/subscript|index_expression|element_access|array_access|element_reference/.test(kind))
    return outside(node, state) ?? (inner[0] ? walk(inner[0], state, depth + 1) : unknown)
  if (/cast|type_conversion/.test(kind) && numeric.test(shortly(node).slice(0, 24))) return constant
  if (/cast|type_conversion/.test(kind)) return inner.length > 0 ? walk(inner.at(-1)!, state, depth + 1) : unknown
  if (inner.length === 0) return outside(node, state) ?? unknown
  // What a statement of Go sets is a list even when it is one.
  if (collections.test(kind) && kind !== 'expression_list')
    return { ...merged(inner.map(c => walk(c, state, depth + 1))), built: false }
  return merged(inner.map(c => walk(c, state, depth + 1)))
}

function isCondition(node: Tree, child: Tree): boolean {
  const condition = node.field('condition')
  return condition ? condition.id() === child.id() : node.child(2)?.id() === child.id()
}

/** Reads as something from outside. */
function outside(node: Tree, { piece }: Walk): Flow | null {
  const text = shortly(node)
  return text !== '' && sources[piece.language].test(text) ? { origin: 'input', built: false, text: '' } : null
}

function textFlow(node: Tree, kind: string, state: Walk, depth: number): Flow {
  const inner = node.namedChildren().slice(0, 64)
  if (kind === 'concatenated_string') return merged(inner.map(c => walk(c, state, depth + 1)))
  const parts = inner
    .filter(c => !/content|fragment|_start|_end|escape|prefix|brace|delimiter/.test(String(c.kind())))
    .map(c => {
      const values = /interpolation|substitution/.test(String(c.kind()))
        ? c.namedChildren().filter(v => !/brace|format|specifier|conversion/.test(String(v.kind())))
        : [c]
      return merged(values.slice(0, 8).map(v => walk(v, state, depth + 1)))
    })
  const { origin } = merged(parts)
  const text = contents(node, state.piece)
  return { origin, built: origin !== 'constant', text }
}

function contents(node: Tree, piece: Piece): string {
  const { start, end } = node.range()
  const raw = piece.code.slice(start.index, Math.min(end.index, start.index + mostText))
  return raw.replace(/^[a-zA-Z@$]{0,3}(?:"""|'''|["'`])/, '').replace(/(?:"""|'''|["'`])$/, '')
}

function nameFlow(name: string, node: Tree, state: Walk, depth: number): Flow {
  const from = outside(node, state)
  if (from) return from
  const at = node.range().start.index
  const key = `${name}@${at}`
  if (state.seen.has(key)) return constant
  state.seen.add(key)
  const { names: known } = state.piece
  // What `x = x + a` gives x on the right is what x was before.
  const all = known.definitionsOf(name, at).filter(d => !holds(d.value, at))
  const last = all.findLastIndex(d => !d.adds)
  const valid = all.slice(Math.max(0, last - 3)).slice(-12)
  const parts = valid.map(d => {
    const flow = walk(d.value, state, depth + 1)
    return d.adds && flow.origin !== 'constant' ? { ...flow, built: true } : flow
  })
  if (known.isParameter(name, at)) parts.push({ origin: 'parameter', built: false, text: '' })
  if (parts.length === 0) return /^[A-Z][A-Z0-9_]+$/.test(name) ? constant : unknown
  return merged(parts)
}

function holds(node: Tree, at: number): boolean {
  const { start, end } = node.range()
  return start.index <= at && at < end.index
}

const isCall = (kind: string): boolean =>
  /(?:^|_)(?:call|invocation|new|object_creation)(?:_expression)?$|^call$/.test(kind)

function memberFlow(node: Tree, state: Walk, depth: number): Flow {
  const from = outside(node, state)
  if (from) return from
  const name = shortly(node)
  if (/(?:^|\.)[A-Z][A-Z0-9_]+$/.test(name)) return constant
  if (state.piece.names.definitionsOf(name, node.range().start.index).length > 0)
    return nameFlow(name, node, state, depth)
  const object = node.namedChildren()[0]
  if (!object || /^(?:self|this|\$this)$/.test(shortly(object))) return unknown
  const flow = walk(object, state, depth + 1)
  return { ...flow, origin: flow.origin === 'constant' ? 'unknown' : flow.origin }
}

function binaryFlow(node: Tree, state: Walk, depth: number): Flow {
  const [left, right] = [node.field('left'), node.field('right')]
  if (!left || !right) return unknown
  const operator = state.piece.code.slice(left.range().end.index, right.range().start.index).trim()
  if (/^(?:[<>=!]=?|===|!==|in|is|and not|instanceof)$/.test(operator)) return constant
  const first = walk(left, state, depth + 1)
  // A text repeated so many times is as fixed as the text.
  if (operator === '*' && first.text !== '') return first
  const parts = [first, walk(right, state, depth + 1)]
  const textual = parts.some(p => p.text !== '' || p.built)
  return merged(parts, textual && joins.has(operator))
}

function callFlow(node: Tree, kind: string, state: Walk, depth: number): Flow {
  const call = state.piece.callAt(node)
  if (!call) return outside(node, state) ?? unknown
  const { name, args, named } = call
  if (cleans.test(name)) return constant
  const from = outside(node, state)
  if (from) return from
  const receiver = /^(?:\w*new\w*|object_creation_expression)$/.test(kind) ? null : receiverOf(node)
  const inner = () => [...args, ...named.values()].slice(0, 16).map(a => walk(a, state, depth + 1))
  if (builders.test(name)) return merged([...(receiver ? [walk(receiver, state, depth + 1)] : []), ...inner()], true)
  if (passes.test(name)) {
    const before = receiver ? [walk(receiver, state, depth + 1)] : []
    return merged([...before.filter(b => b.origin !== 'unknown' || args.length === 0), ...inner()])
  }
  const parts = inner()
  const flow = merged(parts)
  return { origin: flow.origin === 'input' ? 'input' : 'unknown', built: false, text: '' }
}

/** What stands before the dot of a called method. */
function receiverOf(node: Tree): Tree | null {
  const own = node.field('object') ?? node.field('receiver')
  if (own) return own
  const callee = node.field('function')
  return (
    callee?.field('object') ??
    callee?.field('operand') ??
    callee?.field('argument') ??
    callee?.field('expression') ??
    null
  )
}
