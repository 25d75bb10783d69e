import type { Value } from '../../core/index.ts'
import type { Takes } from './lists/names.ts'
import { type Named, written } from './names.ts'

/** What is known of the classes and functions among the arguments of a call. */
export interface Known {
  /** Whether an object of it may be made. */
  made(named: Named): boolean
  /** Whether it may be remembered for later. */
  kept(named: Named): boolean
  /** Calls that make an object of a class among their arguments, and at which place. */
  makes(named: Named): readonly number[] | undefined
  /** Attributes of a class that may be asked for. */
  attributes(named: Named): readonly string[]
  /** The list that knows a package as a whole. */
  speaksFor(packageName: string): string | null
}

/** Why the arguments of an allowed call are not what they must be. */
export interface Misfit {
  /** The class or function that is at fault, when there is one. */
  readonly named?: Named
  readonly why: string
  /** An object of it would be made, without its constructor. */
  readonly isMade?: boolean
  /** A value that nobody can know is less than a wrong one. */
  readonly unsure?: boolean
}

/** The machine puts calls with too many different arguments together, and gives such arguments so. */
export const varies = 'differs from call to call'

/** The first argument that does not fit; null when all do. */
export function misfit(takes: Takes, args: readonly Value[], known: Known): Misfit | null {
  if (takes.most !== undefined && args.length > takes.most) return { why: `it has ${args.length} arguments` }
  if (takes.constants && !args.every(value => isConstant(value, known))) return { why: 'an argument is no constant' }
  const { largest } = takes
  if (largest !== undefined && args.some(value => exceeds(value, largest)))
    return { why: 'it reserves more memory than any model needs' }
  for (const [at, allowed] of Object.entries(takes.oneOf ?? {})) {
    const found = oneOf(args[Number(at)], allowed)
    if (found) return found
  }
  for (const at of takes.makes ?? []) {
    const found = classAt(args[at], known)
    if (found) return found
  }
  for (const [at, modules] of Object.entries(takes.from ?? {})) {
    const found = fromAt(args[Number(at)], modules)
    if (found) return found
  }
  for (const at of takes.keeps ?? []) {
    const found = keptAt(args[at], known)
    if (found) return found
  }
  return takes.attribute ? attribute(args, known) : null
}

/** What a listed call returns counts too: it is judged by itself. */
function isConstant(value: Value, known: Known): boolean {
  if (value.kind === 'list') return value.items.every(item => isConstant(item, known))
  if (value.kind === 'opaque') return value.why === varies
  return value.kind === 'constant' || value.kind === 'bytes' || (value.kind === 'call' && known.made(value))
}

function oneOf(value: Value | undefined, allowed: readonly (string | number | boolean | null)[]): Misfit | null {
  if (value === undefined) return null
  if (value.kind === 'opaque') return { why: 'an argument is known only when it runs', unsure: true }
  if (value.kind === 'constant' && allowed.some(each => each === value.value)) return null
  return { why: 'an argument is none of those that are harmless' }
}

function classAt(value: Value | undefined, known: Known): Misfit | null {
  if (value === undefined) return { why: 'it lacks the class to make' }
  if (value.kind === 'opaque' && value.why === varies) return null
  if (value.kind !== 'global') return { why: 'the class to make is computed' }
  return known.made(value) ? null : { why: 'it makes an object of an unlisted class', named: value, isMade: true }
}

function fromAt(value: Value | undefined, modules: readonly string[]): Misfit | null {
  if (value === undefined || (value.kind === 'opaque' && value.why === varies)) return null
  const fits = value.kind === 'global' && modules.includes(value.module)
  return fits ? null : { why: `an argument is nothing of ${modules[0]}` }
}

/** Whether a whole number is larger than allowed. */
function exceeds(value: Value, largest: number): boolean {
  if (value.kind === 'list') return value.items.some(item => exceeds(item, largest))
  if (value.kind !== 'constant') return false
  return (typeof value.value === 'number' || typeof value.value === 'bigint') && value.value > largest
}

function keptAt(value: Value | undefined, known: Known): Misfit | null {
  if (value === undefined || (value.kind === 'constant' && value.value === null)) return null
  if (value.kind === 'opaque' && value.why === varies) return null
  if (value.kind === 'global')
    return known.kept(value) ? null : { why: 'it keeps an unlisted function for later', named: value }
  if (value.kind === 'call' && known.kept(value)) return null
  return { why: 'the function that it keeps for later is computed' }
}

/** `getattr`: a listed attribute is harmless, another plain one of a listed class is a person's question. */
function attribute(args: readonly Value[], known: Known): Misfit | null {
  const [of, wanted] = args
  const owner = of && ownerOf(of, known)
  const name = wanted?.kind === 'constant' && typeof wanted.value === 'string' ? wanted.value : null
  if (!owner || name === null) return { why: 'what it asks for is computed' }
  if (known.attributes(owner).includes(name)) return null
  const why = `it asks ${written(owner)} for ${JSON.stringify(name.slice(0, 60))}`
  return known.made(owner) && /^(?!__)\w+$/.test(name) ? { why, unsure: true } : { why }
}

/** The class that an attribute is asked of: named, or that of an object. */
function ownerOf(value: Value, known: Known): Named | null {
  if (value.kind === 'global') return value
  if (value.kind !== 'call') return null
  const place = known.makes(value)?.[0]
  if (place === undefined) return value
  const made = value.args[place]
  return made?.kind === 'global' ? made : null
}
