import { Doubles } from './doubles.ts'
import type { PickleGlobal } from './value.ts'

/** Kinds of objects. */
export const kinds = {
  list: 0,
  tuple: 1,
  dict: 2,
  set: 3,
  frozenset: 4,
  global: 5,
  call: 6,
  persistent: 7,
  opaque: 8,
} as const

/** What a piece of content is to its object: items or keys with values, the state of a BUILD, keyword arguments. */
export const parts = { items: 0, entries: 1, state: 2, keywords: 3 } as const

/**
 * Objects whose content is kept: 20 MiB of them, enough for a checkpoint of 50,000 tensors. Those beyond have a kind and
 * no content: what they do is still recorded.
 */
const mostObjects = 1 << 19
/** Places of content, 8 bytes each. */
const mostContent = 1 << 21
const mostGlobals = 1 << 17

/** Numbers of an object: kind, first and second word, first and last piece of content. */
const words = 5
/** Words before the items of a piece of content: next piece, part, size. */
const head = 3

/**
 * The objects of a run. A value is a handle: 0 and above is the place of the opcode that pushes a constant, which is read
 * when somebody asks; below 0 is an object here.
 */
export class Arena {
  readonly globals: PickleGlobal[] = []
  readonly reasons: string[] = []
  /** Whether content had to be left out. */
  forgetful = false
  private readonly objects = new Doubles()
  private readonly content = new Doubles()
  private readonly globalOf = new Map<string, number>()
  private readonly lostCalls = new Map<number, number>()

  constructor() {
    for (let kind = 0; kind <= kinds.opaque; kind++)
      this.add(kind, kind === kinds.opaque ? this.reason('left out') : lost(kinds.opaque), lost(kinds.tuple))
    this.content.push(0)
  }

  /** Makes an object. The words of a call are its callee and its arguments, of a persistent value its id. */
  make(kind: number, first: number, second: number): number {
    if (this.objects.length < mostObjects * words) return this.add(kind, first, second)
    this.forgetful = true
    return kind === kinds.call ? this.lostCall(first) : lost(kind)
  }

  /** The object of a global; one for each name. */
  global(module: string, name: string): number {
    const key = `${module.length} ${module}${name}`
    const known = this.globalOf.get(key)
    if (known !== undefined) return known
    if (this.globals.length >= mostGlobals) return lost(kinds.opaque)
    this.globals.push({ kind: 'global', module, name })
    const made = this.add(kinds.global, this.globals.length - 1, 0)
    this.globalOf.set(key, made)
    return made
  }

  /** Something of which nothing is known but why. */
  opaque(why: string): number {
    return this.make(kinds.opaque, this.reason(why), 0)
  }

  /** Adds content to an object: handles [from, to) of a row. */
  extend(handle: number, part: number, row: Float64Array, from: number, to: number): void {
    const at = (-handle - 1) * words
    const { objects, content } = this
    if (isLost(handle) || content.length + head + to - from > mostContent) {
      this.forgetful = true
      if (!isLost(handle) && objects.data[at]! < kinds.global) objects.data[at + 2]! += to - from
      return
    }
    const piece = content.length
    content.grow(piece + head + to - from)
    const { data } = content
    data[piece] = 0
    data[piece + 1] = part
    data[piece + 2] = to - from
    for (let k = from; k < to; k++) data[piece + head + k - from] = row[k]!
    content.length = piece + head + to - from
    if (objects.data[at + 3] === 0) objects.data[at + 3] = piece
    else data[objects.data[at + 4]!] = piece
    objects.data[at + 4] = piece
  }

  /** Kind of a handle; -1 for a constant. */
  kind(handle: number): number {
    return handle >= 0 ? -1 : this.objects.data[(-handle - 1) * words]!
  }

  first(handle: number): number {
    return this.objects.data[(-handle - 1) * words + 1]!
  }

  second(handle: number): number {
    return this.objects.data[(-handle - 1) * words + 2]!
  }

  /** Content of one part, at most so many handles. */
  items(handle: number, part: number, most: number): number[] {
    const found: number[] = []
    const { data } = this.content
    let piece = handle < 0 ? this.objects.data[(-handle - 1) * words + 3]! : 0
    for (; piece !== 0 && found.length < most; piece = data[piece]!)
      if (data[piece + 1] === part)
        for (let k = 0; k < data[piece + 2]! && found.length < most; k++) found.push(data[piece + head + k]!)
    return found
  }

  /** Handles in one part of an object. */
  size(handle: number, part: number): number {
    const { data } = this.content
    let size = 0
    let piece = handle < 0 ? this.objects.data[(-handle - 1) * words + 3]! : 0
    for (; piece !== 0; piece = data[piece]!) if (data[piece + 1] === part) size += data[piece + 2]!
    return size
  }

  private add(kind: number, first: number, second: number): number {
    const { objects } = this
    const at = objects.length
    objects.grow(at + words)
    objects.data[at] = kind
    objects.data[at + 1] = first
    objects.data[at + 2] = second
    objects.length = at + words
    return -(at / words) - 1
  }

  private reason(why: string): number {
    const known = this.reasons.indexOf(why)
    return known >= 0 ? known : this.reasons.push(why) - 1
  }

  /** One call for all calls of the same callee. */
  private lostCall(callee: number): number {
    const key = this.kind(callee) === kinds.global ? callee : lost(kinds.opaque)
    const known = this.lostCalls.get(key)
    if (known !== undefined) return known
    const made = this.add(kinds.call, key, lost(kinds.tuple))
    this.lostCalls.set(key, made)
    return made
  }
}

/** The object without content that stands for all others of a kind. */
const lost = (kind: number): number => -kind - 1
/** Whether a handle is an object whose content was left out from the start. */
export const isLost = (handle: number): boolean => handle < -mostObjects || (handle < 0 && handle >= -kinds.opaque - 1)
