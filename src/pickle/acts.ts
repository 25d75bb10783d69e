import type { Act, ActKind, Value } from '../core/index.ts'
import { kinds, parts } from './arena.ts'
import { argumentKey } from './likeness.ts'
import type { Machine } from './machine.ts'
import { codeOf, names } from './opcodes.ts'
import { argumentsOf, type Path, pathOf, shown } from './show.ts'
import type { Watcher } from './watcher.ts'

/** Different things done by one pickle: no honest one does a tenth of it. */
const mostFamilies = 20_000
/** Sets of arguments of one callee that are kept apart. */
const mostVariants = 32
/** Values of one argument from which on it is taken for data. */
const manyValues = 4
const mostOthers = 4096
const mostArgs = 16

const withKeywords = codeOf.get('NEWOBJ_EX')!

type GrownAct = Act & { count: number }

/** The acts of one kind with one name, done by one opcode. */
interface Family {
  readonly variants: Map<string, GrownAct>
  /** Acts with arguments beyond those kept apart; arguments that vary are opaque in them. */
  readonly others: Map<string, GrownAct>
  /** By argument: whether it varies. */
  varies: readonly boolean[] | null
  last: GrownAct | null
}

const differs: Value = { kind: 'opaque', why: 'differs from call to call' }

/** Collects what a pickle does. Equal acts are one with a count, and keep their first place. */
export class Acts implements Watcher {
  readonly list: GrownAct[] = []
  /** Whether there were more different acts than are kept. */
  overflow = false
  private readonly families = new Map<number | string, Family>()

  resolved(machine: Machine, global: number, by: string): void {
    if (machine.arena.kind(global) !== kinds.global) return void (this.overflow = true)
    const family = this.family(`import ${by} ${global}`)
    if (family?.last) family.last.count++
    else if (family)
      family.last = this.add(machine, 'import', machine.arena.globals[machine.arena.first(global)]!, by, [])
  }

  unresolved(machine: Machine, _result: number, name: string, by: string, operands: readonly number[]): void {
    const path = { module: '', name: name.slice(0, 500) }
    this.vary(machine, this.family(`unresolved ${by} ${path.name}`), 'unresolved', path, by, operands)
  }

  persisted(machine: Machine, result: number, by: string): void {
    const family = this.family(`persist ${by}`)
    this.vary(machine, family, 'persist', { module: '', name: '' }, by, [machine.arena.first(result)])
  }

  called(machine: Machine, result: number, by: number): void {
    const { arena } = machine
    const callee = arena.first(result)
    const named = arena.kind(callee) === kinds.global
    const path = named ? arena.globals[arena.first(callee)]! : pathOf(machine, callee)
    const family = this.family(
      named ? callee * 256 + by : `call ${by} ${path?.module.length} ${path?.module}${path?.name}`,
    )
    const args = argumentsOf(machine, result)
    const keywords = by === withKeywords ? arena.items(result, parts.keywords, 1) : []
    const kind = path === null ? 'unresolved' : 'call'
    const all = path === null ? [callee, ...args] : [...args, ...keywords]
    this.vary(machine, family, kind, path ?? { module: '', name: '' }, names[by]!, all)
  }

  set(machine: Machine, target: number, by: number, from: number, to: number): void {
    const { arena, stack } = machine
    const instance = arena.kind(target) === kinds.call
    const root = instance ? arena.first(target) : target
    const named = arena.kind(root) === kinds.global
    const path = named ? arena.globals[arena.first(root)]! : pathOf(machine, root)
    const key = named
      ? root * 256 + by + (instance ? 0.25 : 0.5)
      : `set ${by} ${instance} ${path?.module.length} ${path?.module}${path?.name}`
    const family = this.family(key)
    if (instance && family?.last) return void family.last.count++
    const values = Array.from(stack.data.subarray(from, Math.min(to, from + mostArgs - 1)))
    const all = [target, ...values]
    const where = path ?? { module: '', name: '' }
    if (!instance) this.vary(machine, family, 'set', where, names[by]!, all)
    else if (family) family.last = this.add(machine, 'set', where, names[by]!, all)
  }

  stopped(): void {}

  private family(key: number | string): Family | null {
    const known = this.families.get(key)
    if (known) return known
    if (this.families.size >= mostFamilies) {
      this.overflow = true
      return null
    }
    const made: Family = { variants: new Map(), others: new Map(), varies: null, last: null }
    this.families.set(key, made)
    return made
  }

  private vary(
    machine: Machine,
    family: Family | null,
    kind: ActKind,
    path: Path,
    by: string,
    handles: readonly number[],
  ): void {
    if (family === null) return
    const { variants, others } = family
    const key = this.key(machine, family, handles)
    const known = variants.get(key) ?? others.get(key)
    if (known) known.count++
    else if (variants.size < mostVariants) variants.set(key, this.add(machine, kind, path, by, handles))
    else if (family.varies === null || (others.size >= mostVariants && !family.varies.every(Boolean))) {
      family.varies = family.varies ? everything : varying([...variants.keys()], manyValues)
      this.vary(machine, family, kind, path, by, handles)
    } else if (others.size < mostOthers) others.set(key, this.add(machine, kind, path, by, handles, family.varies))
    else this.overflow = true
  }

  /** Equal for calls that are one act: arguments that vary are left out, what they name never is. */
  private key(machine: Machine, { varies }: Family, handles: readonly number[]): string {
    let key = ''
    for (let k = 0; k < handles.length && k < mostArgs; k++) {
      const data = varies?.[k] && !isNamed(machine, handles[k]!)
      key += `${data ? '*' : argumentKey(machine, handles[k]!)}\n`
    }
    return key
  }

  private add(
    machine: Machine,
    kind: ActKind,
    { module, name }: Path,
    by: string,
    handles: readonly number[],
    varies: readonly boolean[] = [],
  ): GrownAct {
    const args = handles
      .slice(0, mostArgs)
      .map((handle, k) => (varies[k] && !isNamed(machine, handle) ? differs : shown(machine, handle)))
    const act: GrownAct = { kind, module, name, args, offset: machine.at, count: 1, by }
    this.list.push(act)
    return act
  }
}

const everything: readonly boolean[] = Array.from({ length: mostArgs }, () => true)

const isNamed = ({ arena }: Machine, handle: number): boolean =>
  arena.kind(handle) === kinds.global || arena.kind(handle) === kinds.call

/** Arguments that have more than a few values among the given keys. */
function varying(keys: readonly string[], many: number): boolean[] {
  const values = Array.from({ length: mostArgs }, () => new Set<string>())
  for (const key of keys) for (const [k, value] of key.split('\n').entries()) values[k]?.add(value)
  return values.map(set => set.size > many)
}
