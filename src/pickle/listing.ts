import type { Act, Bytes } from '../core/index.ts'
import { isLost, kinds, parts } from './arena.ts'
import { Machine } from './machine.ts'
import { names } from './opcodes.ts'
import type { PickleOptions } from './run.ts'
import { argumentsOf, pathOf } from './show.ts'
import type { Watcher } from './watcher.ts'

/** Bounds of one statement. */
const mostText = 60
const mostItems = 8
const mostDepth = 3
const mostStatement = 400

/**
 * The pickle as statements, one a line. It is read once more for them. Where there are more statements than lines, those
 * that do something for the first time come before repetitions.
 */
export function listing(
  bytes: Bytes,
  start: number,
  options: Pick<PickleOptions, 'steps' | 'arrays'>,
  acts: readonly Act[],
  lines: number,
): readonly string[] {
  const scribe = new Scribe(new Set(acts.map(act => act.offset)), Math.max(1, lines))
  const machine = new Machine(bytes, start, scribe)
  if (options.arrays) machine.arrays = options.arrays
  machine.run(options.steps)
  scribe.close(machine)
  return scribe.lines()
}

/** Writes statements down while a pickle is read. */
class Scribe implements Watcher {
  private readonly first: ReadonlySet<number>
  private readonly most: number
  private readonly statements: { readonly offset: number; readonly text: string; readonly first: boolean }[] = []
  private readonly variables = new Map<number, number>()
  private firsts = 0
  private skipped = 0

  constructor(first: ReadonlySet<number>, most: number) {
    this.first = first
    this.most = most
  }

  resolved(machine: Machine, global: number): void {
    const { module, name } = machine.arena.globals[machine.arena.first(global)] ?? { module: '?', name: '?' }
    this.write(machine, () => `from ${word(module)} import ${word(name)}`)
  }

  unresolved(machine: Machine, result: number, name: string, by: string, operands: readonly number[]): void {
    const of = () => operands.map(each => this.text(machine, each)).join(', ')
    const made = () => (operands.length > 0 ? `${by.toLowerCase()}(${of()})` : name.replace(' ', '(') + ')')
    this.write(machine, () => `${this.variable(result)} = ${made()}`)
  }

  called(machine: Machine, result: number): void {
    this.write(machine, () => {
      const { arena } = machine
      const args = argumentsOf(machine, result).map(each => this.text(machine, each))
      const keywords = arena.items(result, parts.keywords, 1).map(each => `**${this.text(machine, each)}`)
      const callee = this.text(machine, arena.first(result))
      return `${this.variable(result)} = ${callee}(${[...args, ...keywords].join(', ')})`
    })
  }

  set(machine: Machine, target: number, by: number, from: number, to: number): void {
    this.write(machine, () => {
      const values = Array.from(machine.stack.data.subarray(from, Math.min(to, from + mostItems)))
      const shown = values.map(each => this.text(machine, each)).concat(to - from > mostItems ? ['…'] : [])
      const on = this.text(machine, target)
      const name = names[by]!
      if (name === 'BUILD') return `${on}.__setstate__(${shown.join(', ')})`
      if (name === 'SETITEM') return `${on}[${shown[0]}] = ${shown[1] ?? '…'}`
      return `${on}.${name === 'SETITEMS' ? 'update' : name === 'ADDITEMS' ? 'add' : 'extend'}(${shown.join(', ')})`
    })
  }

  persisted(machine: Machine, result: number): void {
    this.write(
      machine,
      () => `${this.variable(result)} = persistent_load(${this.text(machine, machine.arena.first(result))})`,
    )
  }

  stopped(machine: Machine, root: number): void {
    this.write(machine, () => `return ${this.text(machine, root)}`, true)
  }

  close(machine: Machine): void {
    if (machine.root === null) this.write(machine, () => `# ${machine.damaged ?? machine.limited ?? 'unread'}`, true)
  }

  lines(): readonly string[] {
    const kept = this.statements.length > this.most ? this.chosen() : this.statements
    const left = this.skipped + this.statements.length - kept.length
    const written = kept.map(each => `${each.offset}: ${each.text}`)
    return left > 0 ? [...written, `# … ${left} statements more`] : written
  }

  /** First ones, and then of the others as many as there is room for, in the order of the file. */
  private chosen() {
    const room = this.most - 1
    const firsts = this.statements.filter(each => each.first).slice(0, room)
    const others = this.statements.filter(each => !each.first).slice(0, room - firsts.length)
    return [...firsts, ...others].sort((a, b) => a.offset - b.offset)
  }

  private write(machine: Machine, text: () => string, always = false): void {
    const first = always || this.first.has(machine.at)
    if (first ? this.firsts >= this.most && !always : this.statements.length - this.firsts >= this.most)
      return void this.skipped++
    if (first) this.firsts++
    this.statements.push({ offset: machine.at, text: short(text(), mostStatement), first })
  }

  private variable(handle: number): string {
    if (isLost(handle)) return '_'
    const known = this.variables.get(handle) ?? this.variables.size
    this.variables.set(handle, known)
    return `v${known}`
  }

  private text(machine: Machine, handle: number, depth = 0): string {
    const { arena } = machine
    if (handle >= 0) return constantText(machine, handle)
    const known = this.variables.get(handle)
    if (known !== undefined) return `v${known}`
    const kind = arena.kind(handle)
    if (kind === kinds.global) {
      const path = pathOf(machine, handle)!
      return `${word(path.module)}.${word(path.name)}`
    }
    if (kind > kinds.frozenset || isLost(handle)) return '…'
    const part = kind === kinds.dict ? parts.entries : parts.items
    const handles = depth >= mostDepth ? [] : arena.items(handle, part, mostItems)
    const items = handles.map(each => this.text(machine, each, depth + 1))
    if (arena.size(handle, part) > handles.length) items.push('…')
    return enclosed(kind, items)
  }
}

function enclosed(kind: number, items: readonly string[]): string {
  const inner = items.join(', ')
  if (kind === kinds.tuple) return `(${inner}${items.length === 1 ? ',' : ''})`
  if (kind === kinds.list) return `[${inner}]`
  if (kind === kinds.frozenset) return `frozenset({${inner}})`
  if (kind === kinds.set) return items.length > 0 ? `{${inner}}` : 'set()'
  const pairs: string[] = []
  for (let k = 0; k < items.length; k += 2)
    pairs.push(k + 1 < items.length ? `${items[k]}: ${items[k + 1]}` : items[k]!)
  return `{${pairs.join(', ')}}`
}

function constantText(machine: Machine, handle: number): string {
  const text = machine.constants.head(handle, mostText + 1)
  if (text !== null) return quotedText(text)
  const value = machine.constants.value(handle)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return short(`${value}`, mostText)
  return value.kind === 'bytes' ? `<${value.size} bytes>` : `<${value.why}>`
}

/** A Python text on one line, whatever its letters are. */
const quotedText = (text: string): string =>
  `'${short(text, mostText)
    .replace(/[\\']/g, '\\$&')
    .replace(/[^\x20-\x7e\u00a1-\u02ff\u0370-\u05ff\u3040-\u9fff…]/g, escapeOf)}'`

const escapeOf = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A name as it is when it is one, else as a text. */
const word = (name: string): string => (/^[\w.]{1,200}$/.test(name) ? name : quotedText(name))

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)
