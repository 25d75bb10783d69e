import type { Act, Value } from '../../core/index.ts'
import { type Known, type Misfit, misfit, varies } from './arguments.ts'
import type { Denies } from './denied.ts'
import type { Entry, Names } from './lists/names.ts'
import { asPython3, type Named, packageOf, written } from './names.ts'

/** On which list a name stands. */
export type Standing = 'allowed' | 'review' | 'unknown' | 'denied'

/** What is wrong with an act; its name is a message of the detector. */
export type Wrong =
  | 'denied'
  | 'walk'
  | 'computed'
  | 'resultCalled'
  | 'foreignWrite'
  | 'unknownCall'
  | 'newer'
  | 'misused'
  | 'unknownName'
  | 'review'
  | 'unsure'
  | 'persistent'

/** A judged act. */
export interface Judged {
  readonly act: Act
  /** Whom the judgement is about: the act's own name, or a class among its arguments. */
  readonly named: Named
  readonly list: Standing
  /** Null when nothing is wrong. */
  readonly wrong: Wrong | null
  /** Completes "…, which …": what the name can do, or why it is harmless. */
  readonly why: string
}

/** What judges names: allow-lists, the deny-list, and what the user allowed. */
export interface Lists {
  readonly names: Names
  readonly denies: Denies
  readonly allowed: ReadonlySet<string>
}

const unlisted = 'no list knows'

/** The judge of one set of lists: tells of each act what is wrong with it. */
export function judgeOf(lists: Lists): (act: Act) => Judged {
  const standing = standingOf(lists)
  const known = knownOf(standing, lists.names)
  return act => {
    const named = { module: act.module, name: act.name }
    if (act.kind === 'persist') return persisted(act)
    if (act.kind === 'set') return judgeSet(act, standing)
    if (act.kind === 'unresolved' || (act.module === '' && act.name === ''))
      return { act, named, list: 'unknown', wrong: 'computed', why: unlisted }
    if (act.name.endsWith('()')) return judgeResult(act, standing)
    const base = judgeName(act, named, standing(named))
    if (base.wrong !== null && !(base.wrong === 'unknownName' && act.kind === 'call')) return base
    return act.kind === 'call' ? judgeCall(act, standing, known) : base
  }
}

interface Stood {
  readonly list: Standing
  readonly why: string
  readonly entry: Entry | null
  /** A name with dots that no list has word for word. */
  readonly walk: boolean
}

type Stand = (named: Named) => Stood

/** TorchScript's reader looks such names up in the archive itself; Python has no module of this name. */
const scripted: Stood = {
  list: 'allowed',
  why: 'A class of the TorchScript archive that it stands in; Python finds no module of this name.',
  entry: null,
  walk: false,
}

function standingOf({ names, denies, allowed }: Lists): Stand {
  return named => {
    const does = denies(named)
    if (does !== null) return { list: 'denied', why: does, entry: null, walk: named.name.includes('.') }
    const other = asPython3(named)
    const entry = names.of(named.module, named.name) ?? (other && names.of(other.module, other.name))
    if (entry) return { list: entry.review ? 'review' : 'allowed', why: entry.why, entry, walk: false }
    if (/^__torch__(\.|$)/.test(named.module) && /^\w+$/.test(named.name)) return scripted
    if (named.name.includes('.') || named.name === '')
      return { list: 'unknown', why: 'walks from attribute to attribute', entry: null, walk: true }
    if (allowed.has(`${named.module}.${named.name}`))
      return { list: 'allowed', why: 'The options of this scan allow it.', entry: null, walk: false }
    return { list: 'unknown', why: unlisted, entry: null, walk: false }
  }
}

function knownOf(standing: Stand, names: Names): Known {
  return {
    made(named) {
      const { list, entry } = standing(named)
      return list === 'allowed' && entry?.use !== 'data'
    },
    kept: named => standing(named).list === 'allowed',
    makes: named => standing(named).entry?.takes?.makes,
    attributes: ({ module, name }) => names.attributes(module, name),
    speaksFor: names.speaksFor,
  }
}

function judgeName(act: Act, named: Named, { list, why, walk }: Stood): Judged {
  if (list === 'denied') return { act, named, list, wrong: 'denied', why }
  if (walk) return { act, named, list, wrong: 'walk', why }
  if (list === 'review') return { act, named, list, wrong: 'review', why }
  return { act, named, list, wrong: list === 'unknown' ? 'unknownName' : null, why }
}

/** Opcodes that make an object without running its constructor. */
const makesOnly = new Set(['NEWOBJ', 'NEWOBJ_EX', 'ObjectNode'])

function judgeCall(act: Act, standing: Stand, known: Known): Judged {
  const named = { module: act.module, name: act.name }
  const { list, why, entry } = standing(named)
  if (list === 'unknown') return judgeStranger(act, named, makesOnly.has(act.by), known)
  if (entry === null) return { act, named, list, wrong: null, why }
  if (entry.use === 'data')
    return { act, named, list, wrong: 'misused', why: 'is listed as something to name, not to call' }
  const constructed = entry.use === 'type' && act.args.length > 0 && !makesOnly.has(act.by)
  if (constructed)
    return { act, named, list, wrong: 'unsure', why: 'is called with arguments, which the usual writers do not do' }
  const found = entry.takes ? misfit(entry.takes, act.args, known) : null
  if (!found) return { act, named, list, wrong: null, why }
  if (found.named) return judgeMade(act, found.named, standing, known, found)
  return { act, named, list, wrong: found.unsure ? 'unsure' : 'misused', why: found.why }
}

/**
 * Nobody knows the code. When it only makes an object of a class (without its constructor) of a library whose classes are
 * listed, the class may be newer than the list: a person's question. Else it blocks.
 */
function judgeStranger(act: Act, named: Named, isMade: boolean, known: Known): Judged {
  const library = isMade && /^[\w.]+$/.test(named.module + named.name) ? known.speaksFor(packageOf(named.module)) : null
  if (library !== null) return { act, named, list: 'unknown', wrong: 'newer', why: `the list of ${library}` }
  return { act, named, list: 'unknown', wrong: 'unknownCall', why: unlisted }
}

/** A class or function among the arguments of a call that is allowed itself. */
function judgeMade(act: Act, named: Named, standing: Stand, known: Known, { why, isMade }: Misfit): Judged {
  const stood = standing(named)
  const base = judgeName(act, named, stood)
  if (base.wrong === 'unknownName') return judgeStranger(act, named, isMade === true, known)
  return base.wrong ? base : { ...base, wrong: 'misused', why }
}

/** Calls what a call returned. */
function judgeResult(act: Act, standing: Stand): Judged {
  const named = { module: act.module, name: act.name.replace(/(\(\))+$/, '') }
  const { list, why } = standing(named)
  if (list === 'denied') return { act, named, list, wrong: 'denied', why }
  return { act, named: { module: act.module, name: act.name }, list: 'unknown', wrong: 'resultCalled', why: unlisted }
}

/** State for an object is the business of its class; state for a module, a class or a function changes the program. */
function judgeSet(act: Act, standing: Stand): Judged {
  const named = { module: act.module, name: act.name.replace(/(\(\))+$/, '') }
  const [target] = act.args
  const { list, why } = standing(named)
  if (target?.kind === 'global') return { act, named, list, wrong: list === 'denied' ? 'denied' : 'foreignWrite', why }
  if (list === 'denied') return { act, named, list, wrong: 'denied', why }
  if (isAttribute(target)) return { act, named, list, wrong: 'foreignWrite', why }
  if (target?.kind === 'opaque') return { act, named, list, wrong: 'unsure', why: 'gives state to something unknown' }
  return { act, named, list, wrong: null, why }
}

const isAttribute = (value: Value | undefined): boolean =>
  value?.kind === 'call' && value.name === 'getattr' && /^(builtins|__builtin__)$/.test(value.module)

/** Storages of torch, and the sources that its oldest files carry beside a class, are asked for by an id. */
function persisted(act: Act): Judged {
  const [id] = act.args
  const named = { module: '', name: 'persistent id' }
  const fits = (id?.kind === 'opaque' && id.why === varies) || (id?.kind === 'list' && isStorage(id.items))
  if (fits) return { act, named, list: 'allowed', wrong: null, why: 'Storage of a tensor.' }
  return { act, named, list: 'unknown', wrong: 'persistent', why: unlisted }
}

function isStorage([tag, kind, ...rest]: readonly Value[]): boolean {
  if (tag?.kind !== 'constant' || kind?.kind !== 'global') return false
  if (tag.value === 'module') return rest.every(each => each.kind === 'constant')
  return tag.value === 'storage' && packageOf(kind.module) === 'torch' && /Storage$/.test(kind.name)
}

/** How an act is named to people: `os.system`. */
export const nameOf = ({ named }: Judged): string => written(named)
