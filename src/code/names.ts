import type { CodeLanguage } from '../core/index.ts'
import { shortly } from './calls.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** A place that gives a name its value. */
export interface Definition {
  readonly name: string
  /** What it is set to. */
  readonly value: Tree
  /** True when the value is added to what was there: `+=`, `strcat`. */
  readonly adds: boolean
  readonly at: number
}

/** A function: where it reaches and the words of its parameters. */
export interface Scope {
  readonly from: number
  readonly to: number
  /** Empty where a function has none. */
  readonly name: string
  readonly parameters: ReadonlySet<string>
}

/** What names mean in a piece of code. */
export interface Names {
  /** The innermost function around a place; null at the outermost level. */
  scopeAt(at: number): Scope | null
  /** What a name was set to in its function before a place, or anywhere outside of functions; in the order of the code. */
  definitionsOf(name: string, at: number): readonly Definition[]
  /** True when the name is a parameter of a function around the place. */
  isParameter(name: string, at: number): boolean
}

const functions: Readonly<Record<CodeLanguage, readonly string[]>> = {
  python: ['function_definition', 'lambda'],
  javascript: ['function_declaration', 'function_expression', 'arrow_function', 'method_definition'],
  typescript: ['function_declaration', 'function_expression', 'arrow_function', 'method_definition'],
  java: ['method_declaration', 'constructor_declaration', 'lambda_expression'],
  go: ['function_declaration', 'method_declaration', 'func_literal'],
  php: ['function_definition', 'method_declaration', 'anonymous_function', 'arrow_function'],
  cpp: ['function_definition', 'lambda_expression'],
  csharp: ['method_declaration', 'constructor_declaration', 'local_function_statement', 'lambda_expression'],
  ruby: ['method', 'singleton_method', 'lambda', 'block', 'do_block'],
}

/** Kinds that set a name, with the fields of the name and of the value. */
const settings: readonly (readonly [kinds: string, name: string, value: string])[] = [
  ['assignment augmented_assignment for_statement for_in_clause operator_assignment', 'left', 'right'],
  ['assignment_expression augmented_assignment_expression for_in_statement assignment_statement', 'left', 'right'],
  ['short_var_declaration range_clause foreach_statement', 'left', 'right'],
  ['named_expression variable_declarator enhanced_for_statement var_spec const_spec', 'name', 'value'],
  ['init_declarator', 'declarator', 'value'],
]

/** Calls of C that write what they get into their first argument. */
const writers =
  /^(?:std::)?(?:v?sn?printf|strn?cat|strn?cpy|stpn?cpy|memcpy|strlcpy|strlcat|_?snprintf(?:_s)?|strcat_s|strcpy_s|sprintf_s|fgets|gets|read|recv)$/
/** Bounds of the work that hostile code can ask for: people write fewer. */
const mostDefinitions = 4000
/** Languages in which a function within another sets the names of the outer one. */
const closures: ReadonlySet<CodeLanguage> = new Set(['javascript', 'typescript', 'ruby', 'go', 'csharp'])
const mostOfName = 100
const mostScopes = 500

/** Reads what names mean. */
export function namesOf(piece: Piece): Names {
  const scopes = piece
    .all(...functions[piece.language])
    .slice(0, mostScopes)
    .map(scopeOf)
  const around = (at: number) => scopes.filter(s => s.from <= at && at < s.to)
  const scopeAt = (at: number) => around(at).at(-1) ?? null
  const byName = new Map<string, (Definition & { readonly own: Scope | null })[]>()
  for (const definition of definitionsIn(piece)) {
    const same = byName.get(definition.name) ?? []
    if (same.length < mostOfName) same.push({ ...definition, own: scopeAt(definition.at) })
    byName.set(definition.name, same)
  }
  for (const same of byName.values()) same.sort((a, b) => a.at - b.at)
  return {
    scopeAt,
    isParameter: (name, at) => around(at).some(s => s.parameters.has(name)),
    definitionsOf(name, at) {
      const seen = byName.get(name)
      if (!seen) return []
      const here = around(at)
      const member = /[.>]/.test(name)
      return seen.filter(({ own, at: place }) => {
        if (own === null) return true
        if (here.includes(own)) return place < at
        return (
          member || (closures.has(piece.language) && place < at && here.some(s => s.from < own.from && own.to <= s.to))
        )
      })
    },
  }
}

function scopeOf(node: Tree): Scope {
  const { start, end } = node.range()
  const list =
    node.field('parameters') ??
    node.field('parameter') ??
    node.field('declarator')?.field('parameters') ??
    node.field('declarator')?.field('declarator')?.field('parameters')
  const words = shortly(list, 2000).match(/[$\w]+/g) ?? []
  const name = shortly(node.field('name'), 120)
  return {
    from: start.index,
    to: end.index,
    name,
    parameters: new Set(words.filter(w => w !== 'self' && w !== 'this')),
  }
}

function* definitionsIn(piece: Piece): Generator<Definition> {
  let count = 0
  for (const [kinds, nameField, valueField] of settings)
    for (const node of piece.all(...kinds.split(' '))) {
      const value = node.field(valueField) ?? lastValue(node)
      const target = node.field(nameField)
      if (!target || !value) continue
      const before = piece.code.slice(target.range().end.index, value.range().start.index).slice(0, 40)
      const { index } = node.range().start
      for (const { name, part } of targetsOf(shortly(target)))
        if (count++ < mostDefinitions) yield { name, value, adds: part || /[-+.*|&^%<]=|<</.test(before), at: index }
    }
  yield* written(piece)
}

/** C# keeps the value of a declarator without a field, Python what `with` names in another place. */
function lastValue(node: Tree): Tree | null {
  if (String(node.kind()) !== 'variable_declarator') return null
  const inner = node.namedChildren()
  return inner.length > 1 ? inner.at(-1)! : null
}

/** Names that a target stands for; an element of a list or a table is a part of it. */
function targetsOf(text: string): { readonly name: string; readonly part: boolean }[] {
  return text
    .slice(0, 200)
    .split(',')
    .flatMap(one => {
      const name = /[$@\w][$@\w.]*(?:->[\w.>-]+)?/.exec(one.trim())?.[0]
      return name === undefined ? [] : [{ name, part: one.includes('[') }]
    })
}

function* written(piece: Piece): Generator<Definition> {
  for (const node of piece.all('as_pattern')) {
    const [value, alias] = [node.child(0), node.field('alias')]
    if (value && alias) yield { name: shortly(alias), value, adds: false, at: node.range().start.index }
  }
  if (piece.language === 'ruby')
    for (const node of piece.all('binary')) {
      const [left, right] = [node.field('left'), node.field('right')]
      if (left && right && shortly(node.field('operator')) === '<<')
        yield { name: shortly(left), value: right, adds: true, at: node.range().start.index }
    }
  if (piece.language !== 'cpp') return
  for (const { node, name, args } of piece.calls) {
    const into = /[A-Za-z_]\w*/.exec(shortly(args[0]))?.[0]
    if (into && writers.test(name))
      yield { name: into, value: node, adds: /cat/.test(name), at: node.range().start.index }
  }
}
