import { shortly } from './calls.ts'
import type { Piece } from './piece.ts'
import { secretName, secretText } from './secrets.ts'
import type { Tree } from './tree.ts'

/** A name, a property or a key that is given a value: `a.b = c`, `var b = c`, `{ b: c }`, `b := c`. */
export interface Setting {
  readonly node: Tree
  /** As written: `cmd.CommandText`. */
  readonly name: string
  readonly value: Tree
}

/** Kinds that give a value, by the fields that hold name and value. */
const kinds: readonly (readonly [kind: string, name: string, value: string | null])[] = [
  ['assignment_expression', 'left', 'right'],
  ['variable_declarator', 'name', null],
  ['property_declaration', 'name', 'value'],
  ['assignment_statement', 'left', 'right'],
  ['short_var_declaration', 'left', 'right'],
  ['const_spec', 'name', 'value'],
  ['var_spec', 'name', 'value'],
]

const known = new WeakMap<Piece, readonly Setting[]>()

/** Everything that C# or Go code gives a value. */
export function settingsOf(piece: Piece): readonly Setting[] {
  let settings = known.get(piece)
  if (!settings) {
    settings = [...settingsIn(piece)]
    known.set(piece, settings)
  }
  return settings
}

function* settingsIn(piece: Piece): Generator<Setting> {
  for (const [kind, nameField, valueField] of kinds)
    for (const node of piece.all(kind)) {
      const name = node.field(nameField) ?? node.namedChildren()[0]
      const value = valueField ? node.field(valueField) : node.namedChildren().at(-1)
      if (!name || !value || value.range().start.index <= name.range().start.index) continue
      yield* pairsOf(node, name, value)
    }
  for (const node of piece.all('keyed_element')) {
    const [key, value] = node.namedChildren()
    if (key && value) yield { node, name: shortly(key, 120), value: inner(value) }
  }
}

/** `a, b := c, d` sets two names. */
function* pairsOf(node: Tree, name: Tree, value: Tree): Generator<Setting> {
  if (value.kind() !== 'expression_list') {
    yield { node, name: shortly(name, 120), value }
    return
  }
  const names = name.kind() === 'expression_list' ? name.namedChildren() : [name]
  const values = value.namedChildren()
  for (const [at, one] of names.slice(0, 16).entries()) {
    const own = values[Math.min(at, values.length - 1)]
    if (own) yield { node, name: shortly(one, 120), value: own }
  }
}

const inner = (value: Tree): Tree => (value.kind() === 'literal_element' ? (value.namedChildren()[0] ?? value) : value)

/** The last part of a name: `CommandText` of `cmd.CommandText`. */
export const lastPart = (name: string): string => /\w*$/.exec(name)![0]

const literal = /string/

/** The text of a literal; null for anything else. */
export function literalOf(value: Tree | null | undefined): string | null {
  if (!value || !literal.test(String(value.kind())) || value.kind() === 'interpolated_string_expression') return null
  const text = shortly(value, 2000)
  const inside = /^[@uUL$]*("""|"|`|')([\s\S]*)\1$/.exec(text)
  return inside ? inside[2]! : null
}

/** Comparisons in C# or Go of a secret, by its name, with a text that could be it. */
export function* comparedSecrets(piece: Piece): Generator<Tree> {
  for (const node of piece.all('binary_expression')) {
    const text = literalOf(node.field('right'))
    if (text === null || !secretText(text) || !/^[!=]=$/.test(shortly(node.field('operator')))) continue
    if (secretName(lastPart(shortly(node.field('left'), 80)))) yield node
  }
}
